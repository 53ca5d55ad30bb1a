package dev.flagstream.local.scan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.flow.InputNames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.utils.Utils;

/** Collects the card numbers of records of the input topic. For one thread. */
final class InputNumbers {

  private static final String FIELD = "card_number";
  private static final Pattern SEPARATORS = Pattern.compile("[ -]+");
  private static final Pattern DIGITS = Pattern.compile("\\d+");

  /** Those of the UDF jar's rule of card numbers. */
  private static final int FEWEST = 12;

  private static final int MOST = 19;

  /**
   * Times in milliseconds, which have a check digit by chance, also without their last digit, where
   * a record was cut off; no card begins with 1 and has no more digits.
   */
  private static final int TIME_DIGITS = 13;

  private final ObjectMapper json = new ObjectMapper();
  private final KnownNumbers numbers;

  InputNumbers(KnownNumbers numbers) {
    this.numbers = numbers;
  }

  /** Adds what a record names as its card, by key or field; null key and value name none. */
  void addFrom(Record each) {
    add(text(each.key()));
    String value = text(each.value());
    try {
      JsonNode record = json.readTree(value);
      if (record != null) {
        add(InputNames.inLowerCase(record).path(FIELD).asText());
      }
    } catch (IOException e) {
      addCandidates(value);
    }
  }

  /**
   * Of a record that is no JSON: groups of digits, with one space or dash between two, that
   * together may be a card number by their length and check digit. Pieces of longer groups are
   * none, and nothing that begins with a zero is, which no card does: zeros have a check digit, and
   * are everywhere. Nor is a time.
   */
  private void addCandidates(String value) {
    Deque<String> latestFirst = new ArrayDeque<>();
    Matcher groups = DIGITS.matcher(value);
    int end = 0;
    while (groups.find()) {
      if (groups.start() != end + 1 || !isSeparator(value.charAt(end))) {
        latestFirst.clear();
      }
      latestFirst.push(groups.group());
      if (latestFirst.size() > MOST) {
        latestFirst.removeLast();
      }
      end = groups.end();
      addCandidates(latestFirst);
    }
  }

  /** Those that end with the latest group. */
  private void addCandidates(Deque<String> latestFirst) {
    String digits = "";
    for (String group : latestFirst) {
      if (digits.length() + group.length() > MOST) {
        return;
      }
      digits = group + digits;
      if (digits.length() >= FEWEST && mayBegin(digits) && hasCheckDigit(digits)) {
        numbers.add(digits);
      }
    }
  }

  private static boolean mayBegin(String digits) {
    char first = digits.charAt(0);
    return first != '0' && (first != '1' || digits.length() > TIME_DIGITS);
  }

  private static boolean isSeparator(char each) {
    return each == ' ' || each == '-';
  }

  private void add(String text) {
    String digits = withoutSeparators(text);
    if (DIGITS.matcher(digits).matches()) {
      numbers.add(digits);
    }
  }

  private static String withoutSeparators(String text) {
    return SEPARATORS.matcher(text).replaceAll("");
  }

  private static String text(ByteBuffer bytes) {
    return bytes == null ? "" : new String(Utils.toArray(bytes), StandardCharsets.UTF_8).strip();
  }

  /** Luhn's. */
  private static boolean hasCheckDigit(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
