package dev.flagstream.udf;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the card numbers in a text and stars out all of each but its last four digits. In doubt it
 * masks: the text is kept for diagnosis only.
 */
final class CardNumberMask {

  private static final int SHOWN_DIGITS = 4;

  /** What people, spreadsheets and typesetters put between the groups of a card number. */
  private static final String SPACE_OR_DASH = " \\-\u00a0\u2000-\u200b\u202f\u2010-\u2015\u2212";

  /**
   * Groups of digits with up to four separators between each two, beside the zeros of UTF-16 read
   * as UTF-8. No commas or the like: what they are between are numbers of their own. Possessive:
   * texts may be long.
   */
  private static final Pattern GROUPS =
      Pattern.compile("[0-9]+(?:\u0000*+(?:[" + SPACE_OR_DASH + "./_]\u0000*+){0,4}+[0-9]+)*+");

  private static final Pattern SPACES_AND_DASHES = Pattern.compile("[" + SPACE_OR_DASH + "]*");

  private static final Pattern GROUP = Pattern.compile("[0-9]+");

  /**
   * What a field named card_number or cardNumber holds, to the end of its string or else to the
   * next comma, bracket or line end. Whether it is a valid number does not matter there.
   */
  private static final Pattern CARD_FIELD =
      Pattern.compile(
          "card_?number[\\\\\"']*\\s*[:=]\\s*(?:\\\\?\"(?<string>[^\"]*)|(?<bare>[^,}\\]\\r\\n]*))",
          Pattern.CASE_INSENSITIVE);

  private final String text;
  private final char[] masked;

  private CardNumberMask(String text) {
    this.text = text;
    this.masked = text.toCharArray();
  }

  static String applyTo(String text) {
    CardNumberMask mask = new CardNumberMask(text);
    mask.maskCardFields();
    mask.maskCardNumbers();
    return new String(mask.masked);
  }

  private void maskCardFields() {
    Matcher field = CARD_FIELD.matcher(text);
    while (field.find()) {
      String value = field.group("string") != null ? "string" : "bare";
      mask(field.start(value), field.end(value));
    }
  }

  private void maskCardNumbers() {
    Matcher groups = GROUPS.matcher(text);
    while (groups.find()) {
      if (groups.end() - groups.start() >= CardNumber.MIN_DIGITS) {
        maskWithin(groupsBetween(groups.start(), groups.end()));
      }
    }
  }

  private List<Span> groupsBetween(int start, int end) {
    List<Span> groups = new ArrayList<>();
    Matcher group = GROUP.matcher(text).region(start, end);
    while (group.find()) {
      groups.add(new Span(group.start(), group.end()));
    }
    return groups;
  }

  /** Masks all neighbouring groups that make up a card number; those that overlap, as one. */
  private void maskWithin(List<Span> groups) {
    Span pending = null;
    for (int first = 0; first < groups.size(); first++) {
      Span longest = longestCardNumber(groups, first);
      if (longest == null) {
        continue;
      }
      if (pending == null) {
        pending = longest;
      } else if (longest.start < pending.end) {
        pending = new Span(pending.start, Math.max(pending.end, longest.end));
      } else {
        mask(pending.start, pending.end);
        pending = longest;
      }
    }
    if (pending != null) {
      mask(pending.start, pending.end);
    }
  }

  /** The longest card number that starts with a group; null if none does. */
  private Span longestCardNumber(List<Span> groups, int first) {
    Span only = groups.get(first);
    if (only.length() > CardNumber.MAX_DIGITS) {
      return only; // Too long for a card number, but long enough to hide one.
    }
    Span longest = null;
    String separator = "";
    StringBuilder digits = new StringBuilder();
    for (int next = first; next < groups.size(); next++) {
      Span last = groups.get(next);
      digits.append(text, last.start, last.end);
      String before = next == first ? "" : separatorBetween(groups.get(next - 1), last);
      if (digits.length() > CardNumber.MAX_DIGITS || !goTogether(separator, before)) {
        break;
      }
      separator = separator.isEmpty() ? before : separator;
      boolean maybeFraction = next == first + 1 && !isSpaced(separator);
      if (isCardNumber(digits) && !maybeFraction) {
        longest = new Span(only.start, last.end);
      }
    }
    return longest;
  }

  private String separatorBetween(Span one, Span next) {
    return text.substring(one.end, next.start).replace("\0", "");
  }

  /**
   * Spaces and dashes of all kinds may be mixed; dots, slashes and underscores stand between all
   * groups or none, and twice or more: a fraction, or a date with a time, is no card number.
   */
  private static boolean goTogether(String separator, String next) {
    return separator.isEmpty()
        || next.isEmpty()
        || separator.equals(next)
        || (isSpaced(separator) && isSpaced(next));
  }

  private static boolean isSpaced(String separator) {
    return SPACES_AND_DASHES.matcher(separator).matches();
  }

  /**
   * Epoch milliseconds are left alone: until 2033 they have 13 digits of which the first is 1, and
   * no card number of 13 digits begins so (1 belongs to airlines, whose numbers have 15).
   */
  private static boolean isCardNumber(CharSequence digits) {
    boolean epochMs = digits.length() == 13 && digits.charAt(0) == '1';
    return digits.length() >= CardNumber.MIN_DIGITS && !epochMs && CardNumber.passesLuhn(digits);
  }

  /**
   * Stars out the digits of a span but the last four; all of them if there are too few to be sure.
   */
  private void mask(int start, int end) {
    int digits = (int) text.substring(start, end).chars().filter(CardNumberMask::isDigit).count();
    int shown = digits >= CardNumber.MIN_DIGITS ? SHOWN_DIGITS : 0;
    int toMask = digits - shown;
    for (int index = start; toMask > 0; index++) {
      if (isDigit(text.charAt(index))) {
        masked[index] = '*';
        toMask--;
      }
    }
  }

  private static boolean isDigit(int character) {
    return character >= '0' && character <= '9';
  }

  /** A part of the text, its end exclusive. */
  private record Span(int start, int end) {
    int length() {
      return end - start;
    }
  }
}
