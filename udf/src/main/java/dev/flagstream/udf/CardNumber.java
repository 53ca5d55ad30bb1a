package dev.flagstream.udf;

import java.util.regex.Pattern;

/** The rules of card numbers (ISO/IEC 7812). */
final class CardNumber {

  static final int MIN_DIGITS = 12;
  static final int MAX_DIGITS = 19;

  /** 12 to 19 digits in groups of any size, but the last four together: they are shown. */
  private static final Pattern GROUPED_DIGITS =
      Pattern.compile("[0-9](?:[ -]?[0-9]){7,14}[ -]?[0-9]{4}");

  private CardNumber() {}

  /** The number without the spaces and dashes people group it with. */
  static String withoutSeparators(String cardNumber) {
    if (cardNumber.indexOf(' ') < 0 && cardNumber.indexOf('-') < 0) {
      return cardNumber;
    }
    return cardNumber.replace(" ", "").replace("-", "");
  }

  /** Whether a text is a card number: 12 to 19 digits, possibly grouped, the last one checking. */
  static boolean isValid(String cardNumber) {
    return (isUngrouped(cardNumber) || GROUPED_DIGITS.matcher(cardNumber).matches())
        && passesLuhn(withoutSeparators(cardNumber));
  }

  /** What most are: 12 to 19 digits and nothing else, which takes no pattern to see. */
  private static boolean isUngrouped(String cardNumber) {
    for (int i = 0; i < cardNumber.length(); i++) {
      if (cardNumber.charAt(i) < '0' || cardNumber.charAt(i) > '9') {
        return false;
      }
    }
    return cardNumber.length() >= MIN_DIGITS && cardNumber.length() <= MAX_DIGITS;
  }

  /** Whether the last of these digits is the check digit of the others. */
  static boolean passesLuhn(CharSequence digits) {
    int sum = 0;
    for (int fromRight = 0; fromRight < digits.length(); fromRight++) {
      int digit = digits.charAt(digits.length() - 1 - fromRight) - '0';
      if (fromRight % 2 == 0) {
        sum += digit;
      } else {
        sum += digit < 5 ? 2 * digit : 2 * digit - 9;
      }
    }
    return sum % 10 == 0;
  }
}
