package dev.flagstream.engine.expression;

import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ExactDecimals;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Exact decimal numbers: the types of results, and the arithmetic itself. */
public final class Decimals {

  private static final int INTEGER_DIGITS = 10;
  private static final int BIGINT_DIGITS = 19;

  private Decimals() {}

  /** The decimal type that holds every value of a number type other than DOUBLE. */
  public static SqlType.Decimal typeFor(SqlType type) {
    return switch (type.base()) {
      case DECIMAL -> (SqlType.Decimal) type;
      case INTEGER -> new SqlType.Decimal(INTEGER_DIGITS, 0);
      case BIGINT -> new SqlType.Decimal(BIGINT_DIGITS, 0);
      default -> throw new IllegalArgumentException("no decimal holds every " + type);
    };
  }

  /** The type of a literal: a zero before the point counts as a digit, as in ksqlDB. */
  public static SqlType.Decimal typeOf(BigDecimal value) {
    int scale = Math.max(value.scale(), 0);
    int integral = Math.max(value.precision() - value.scale(), 1);
    return new SqlType.Decimal(integral + scale, scale);
  }

  /** The smallest decimal type that holds every value of both. */
  public static SqlType.Decimal widen(SqlType.Decimal left, SqlType.Decimal right) {
    int scale = Math.max(left.scale(), right.scale());
    int integral = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
    return new SqlType.Decimal(integral + scale, scale);
  }

  /**
   * The value in the given type, rounded half up. As in ksqlDB it must fit before it is rounded:
   * 99.995 becomes 100.00 in DECIMAL(4, 2).
   */
  public static BigDecimal fit(BigDecimal value, int precision, int scale) {
    if (value.signum() != 0 && ExactDecimals.wholeDigits(value) > precision - scale) {
      throw overflow(value, precision, scale);
    }
    return ExactDecimals.rescale(value, scale, RoundingMode.HALF_UP, precision - scale);
  }

  private static ArithmeticException overflow(BigDecimal value, int precision, int scale) {
    return new ArithmeticException(
        "Numeric field overflow: A field with precision "
            + precision
            + " and scale "
            + scale
            + " must round to an absolute value less than 10^"
            + (precision - scale)
            + ". Got "
            + ExactDecimals.show(value));
  }

  /** The sum, exactly, or an ArithmeticException where the type cannot hold it. */
  public static BigDecimal add(BigDecimal left, BigDecimal right, int precision, int scale) {
    return exact(left.add(right), precision, scale);
  }

  /** The difference, exactly, or an ArithmeticException where the type cannot hold it. */
  public static BigDecimal subtract(BigDecimal left, BigDecimal right, int precision, int scale) {
    return exact(left.subtract(right), precision, scale);
  }

  /** The product, exactly, or an ArithmeticException where the type cannot hold it. */
  public static BigDecimal multiply(BigDecimal left, BigDecimal right, int precision, int scale) {
    return exact(left.multiply(right), precision, scale);
  }

  /**
   * The quotient. As in ksqlDB it is never rounded: one that the type cannot hold exactly, such as
   * a third, is an ArithmeticException.
   */
  public static BigDecimal divide(BigDecimal left, BigDecimal right, int precision, int scale) {
    MathContext unrounded = new MathContext(precision, RoundingMode.UNNECESSARY);
    return exact(left.divide(right, unrounded), precision, scale);
  }

  /**
   * The remainder, with the sign of the dividend. As in ksqlDB it is an ArithmeticException where
   * the whole part of the quotient has more digits than the type of the remainder.
   */
  public static BigDecimal remainder(BigDecimal left, BigDecimal right, int precision, int scale) {
    MathContext unrounded = new MathContext(precision, RoundingMode.UNNECESSARY);
    return exact(left.remainder(right, unrounded), precision, scale);
  }

  private static BigDecimal exact(BigDecimal value, int precision, int scale) {
    BigDecimal scaled = value.scale() == scale ? value : value.setScale(scale);
    if (scaled.precision() > precision) {
      throw new ArithmeticException("DECIMAL(" + precision + ", " + scale + ") overflow");
    }
    return scaled;
  }
}
