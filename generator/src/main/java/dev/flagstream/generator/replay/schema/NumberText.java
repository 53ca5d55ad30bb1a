package dev.flagstream.generator.replay.schema;

/** How a text writes a number, if it does. */
enum NumberText {
  /** No number. */
  NONE,
  /** Digits that begin with a zero, as postcodes and account numbers do. */
  LEADING_ZERO,
  /** {@code 0}, {@code -17}. */
  WHOLE,
  /** {@code 1.50}, {@code -0.5}. */
  PLAIN_DECIMAL,
  /** A number written otherwise: {@code 1e+05}, {@code .5}, {@code +3}, {@code -0}. */
  OTHER;

  static NumberText of(String text) {
    int length = text.length();
    int at = 0;
    boolean plus = false;
    if (length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+')) {
      plus = text.charAt(0) == '+';
      at = 1;
    }
    int wholeEnd = digitsEnd(text, at);
    int wholeDigits = wholeEnd - at;
    if (wholeEnd == length) {
      return ofDigits(text, at, wholeDigits, plus);
    }
    int end = wholeEnd;
    int decimals = 0;
    if (text.charAt(end) == '.') {
      end = digitsEnd(text, wholeEnd + 1);
      decimals = end - wholeEnd - 1;
    }
    if (wholeDigits + decimals == 0) {
      return NONE;
    }
    if (end == length) {
      boolean zeros = wholeDigits > 1 && text.charAt(at) == '0';
      return plus || zeros || wholeDigits == 0 || decimals == 0 ? OTHER : PLAIN_DECIMAL;
    }
    return isExponent(text, end) ? OTHER : NONE;
  }

  private static NumberText ofDigits(String text, int at, int digits, boolean plus) {
    if (digits == 0) {
      return NONE;
    }
    boolean zeroFirst = text.charAt(at) == '0';
    if (digits > 1 && zeroFirst) {
      return LEADING_ZERO;
    }
    boolean minusZero = at == 1 && zeroFirst;
    return plus || minusZero ? OTHER : WHOLE;
  }

  private static boolean isExponent(String text, int from) {
    char e = text.charAt(from);
    if (e != 'e' && e != 'E') {
      return false;
    }
    int at = from + 1;
    if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    return at < text.length() && digitsEnd(text, at) == text.length();
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }
}
