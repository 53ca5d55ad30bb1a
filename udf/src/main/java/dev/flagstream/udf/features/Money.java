package dev.flagstream.udf.features;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Amounts as whole cents, so that sums are exact. */
final class Money {

  /** What no amount is. */
  static final long NO_CENTS = Long.MIN_VALUE;

  private static final int SCALE = 2;

  /** So that the sum of as many as are ever kept of a key, fewer than 2^17, is a long. */
  private static final int MAX_BITS = 45;

  private Money() {}

  /** The cents of an amount, {@link #NO_CENTS} where there is none or it is beyond all money. */
  static long cents(BigDecimal amount) {
    if (amount == null) {
      return NO_CENTS;
    }
    // Digits are counted before rescaling: 1E999999999 must not become a billion digits.
    if ((long) amount.precision() - amount.scale() > MAX_BITS) {
      return NO_CENTS;
    }
    BigDecimal rounded =
        amount.scale() == SCALE ? amount : amount.setScale(SCALE, RoundingMode.HALF_EVEN);
    return rounded.unscaledValue().bitLength() > MAX_BITS
        ? NO_CENTS
        : rounded.unscaledValue().longValue();
  }
}
