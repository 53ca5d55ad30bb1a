package dev.flagstream.engine.value;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Decimals of foreign origin: reading, rescaling and printing them costs no more than their own
 * digits deserve, however large or small the numbers are. {@code 1E999999999} is one digit here,
 * not a billion.
 */
public final class ExactDecimals {

  /** Every number of so many digits is a BIGINT. */
  private static final int DIGITS_OF_ANY_BIGINT = 18;

  /** Nobody reckons with numbers of more digits; JSON's readers stop there as well. */
  private static final int MAX_DIGITS = 1_000;

  private ExactDecimals() {}

  /**
   * The number that a text holds.
   *
   * @throws NumberFormatException if it is none, or has more than 1,000 digits that matter
   */
  public static BigDecimal parse(String text) {
    if (text.isEmpty()) {
      throw new NumberFormatException("An empty text is no number");
    }
    if (text.length() <= MAX_DIGITS) {
      return new BigDecimal(text);
    }
    int exponent = exponentOf(text);
    String digits = text.substring(0, exponent);
    int first = skip(text, text.startsWith("-") || text.startsWith("+") ? 1 : 0, exponent, 1);
    int last = digits.indexOf('.') < 0 ? exponent - 1 : skip(text, exponent - 1, first, -1);
    if (last - first >= MAX_DIGITS) {
      throw new NumberFormatException("A number of more than " + MAX_DIGITS + " digits");
    }
    return new BigDecimal(shortened(text, first, last, exponent));
  }

  private static int exponentOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ((text.charAt(i) | 0x20) == 'e') {
        return i;
      }
    }
    return text.length();
  }

  /** Where the zeros end that do not matter; {@code to} if there is nothing else. */
  private static int skip(String text, int from, int to, int step) {
    int at = from;
    while (at != to && text.charAt(at) == '0') {
      at += step;
    }
    return at;
  }

  private static String shortened(String text, int first, int last, int exponent) {
    if (text.length() - exponent > MAX_DIGITS) {
      throw new NumberFormatException("An exponent of more than " + MAX_DIGITS + " digits");
    }
    String sign = text.startsWith("-") ? "-" : "";
    // The zero makes up for a whole part of which nothing is left.
    return sign + "0" + text.substring(first, last + 1) + text.substring(exponent);
  }

  /**
   * Refuses a number that takes more than 1,000 digits to write down without an exponent: a type
   * that is to hold it would have as many.
   *
   * @throws NumberFormatException if it does
   */
  public static void requireWritable(BigDecimal value) {
    if (Math.abs((long) value.scale()) + value.precision() > MAX_DIGITS) {
      throw new NumberFormatException("A number of more than " + MAX_DIGITS + " digits");
    }
  }

  /** How many digits stand before the point; negative for zeros right after it. */
  public static long wholeDigits(BigDecimal value) {
    return (long) value.precision() - value.scale();
  }

  /**
   * The value with the scale.
   *
   * @param mode how to round; {@code UNNECESSARY} refuses to
   * @param maxWholeDigits digits before the point that there may be
   * @throws ArithmeticException if there are more, or rounding would be necessary
   */
  public static BigDecimal rescale(
      BigDecimal value, int scale, RoundingMode mode, long maxWholeDigits) {
    if (value.scale() == scale) {
      return value;
    }
    if (value.signum() == 0) {
      return BigDecimal.valueOf(0, scale);
    }
    long whole = wholeDigits(value);
    if (whole > maxWholeDigits) {
      throw new ArithmeticException("The number has " + whole + " digits before the point");
    }
    // Less than a tenth of the last digit: rounds like any other such value.
    return whole < -(long) scale
        ? BigDecimal.valueOf(value.signum(), scale + 2).setScale(scale, mode)
        : value.setScale(scale, mode);
  }

  /** The number for a message: plain if that is short. */
  public static String show(BigDecimal value) {
    boolean isShort = Math.abs((long) value.scale()) <= MAX_DIGITS;
    return isShort ? value.toPlainString() : value.toString();
  }

  /**
   * Whether a DECIMAL literal is a whole number to ksqlDB, which writes {@code 10.} as {@code 10}
   * into its plans: it has no places, and so few digits that every number of them is a BIGINT.
   */
  public static boolean isWholeInPlans(BigDecimal literal) {
    return literal.scale() == 0 && literal.precision() <= DIGITS_OF_ANY_BIGINT;
  }
}
