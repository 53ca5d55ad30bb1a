package dev.flagstream.lake;

import org.apache.kafka.connect.errors.DataException;

/**
 * Keeps clear card numbers out. The pipeline's own topics have none past its entrance; a connector
 * file may name another one.
 */
final class CardNumberGuard {

  /** Those of the UDF jar's rule of card numbers. */
  private static final int LEAST_DIGITS = 12;

  private static final int MOST_DIGITS = 19;

  /** Those of times in milliseconds: no card number of so many begins with 1. */
  private static final int TIME_DIGITS = 13;

  private CardNumberGuard() {}

  /**
   * Refuses a text that is a card number by its length and by Luhn's check, with or without spaces
   * or hyphens, unless its name is {@code id} or ends in {@code _id}: such numbers have a check
   * digit by chance.
   *
   * @throws DataException naming the field, not the number
   */
  static void requireNone(String name, String text) {
    if (isCardNumber(text) && !isId(name)) {
      throw new DataException(name + " holds a card number in clear");
    }
  }

  private static boolean isId(String name) {
    return name.equalsIgnoreCase("id") || name.regionMatches(true, name.length() - 3, "_id", 0, 3);
  }

  private static boolean isCardNumber(String text) {
    if (text.length() < LEAST_DIGITS || text.length() > 2 * MOST_DIGITS) {
      return false;
    }
    int digits = 0;
    int sum = 0;
    for (int i = text.length() - 1; i >= 0; i--) {
      char each = text.charAt(i);
      if (each >= '0' && each <= '9') {
        int digit = each - '0';
        int doubled = digit * 2;
        sum += digits % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        digits++;
      } else if (each != ' ' && each != '-') {
        return false;
      }
    }
    return digits >= LEAST_DIGITS
        && digits <= MOST_DIGITS
        && sum % 10 == 0
        && (digits != TIME_DIGITS || text.charAt(0) != '1');
  }
}
