package io.confluent.ksql.schema.ksql.types;

import io.confluent.ksql.schema.utils.FormatOptions;
import io.confluent.ksql.schema.utils.SchemaException;
import java.util.Objects;

/** DECIMAL(precision, scale): so many digits in all, so many of them after the point. */
public final class SqlDecimal extends SqlType {

  private static final int MIN_QUOTIENT_SCALE = 6;

  private final int precision;
  private final int scale;

  private SqlDecimal(int precision, int scale) {
    super(SqlBaseType.DECIMAL);
    this.precision = precision;
    this.scale = scale;
  }

  /**
   * The type of so many digits.
   *
   * @throws SchemaException unless precision &ge; 1, scale &ge; 0 and precision &ge; scale
   */
  public static SqlDecimal of(int precision, int scale) {
    validateParameters(precision, scale);
    return new SqlDecimal(precision, scale);
  }

  public static void validateParameters(int precision, int scale) {
    require(precision >= 1, "precision must be >= 1", precision, scale);
    require(scale >= 0, "scale must be >= 0", precision, scale);
    require(precision >= scale, "precision must be >= scale", precision, scale);
  }

  private static void require(boolean holds, String rule, int precision, int scale) {
    if (!holds) {
      throw new SchemaException("DECIMAL " + rule + ": DECIMAL(" + precision + "," + scale + ")");
    }
  }

  public int getPrecision() {
    return precision;
  }

  public int getScale() {
    return scale;
  }

  private int integerDigits() {
    return precision - scale;
  }

  /** The type of a sum: as many digits as either has on each side of the point, and a carry. */
  public static SqlDecimal add(SqlDecimal left, SqlDecimal right) {
    int scale = Math.max(left.scale, right.scale);
    int integerDigits = Math.max(left.integerDigits(), right.integerDigits());
    return of(integerDigits + scale + 1, scale);
  }

  /** The type of a difference. */
  public static SqlDecimal subtract(SqlDecimal left, SqlDecimal right) {
    return add(left, right);
  }

  /** The type of a product. */
  public static SqlDecimal multiply(SqlDecimal left, SqlDecimal right) {
    return of(left.precision + right.precision + 1, left.scale + right.scale);
  }

  /** The type of a quotient, with at least six digits after the point. */
  public static SqlDecimal divide(SqlDecimal left, SqlDecimal right) {
    int scale = Math.max(MIN_QUOTIENT_SCALE, left.scale + right.precision + 1);
    return of(left.integerDigits() + right.scale + scale, scale);
  }

  /** The type of a remainder. */
  public static SqlDecimal modulus(SqlDecimal left, SqlDecimal right) {
    int scale = Math.max(left.scale, right.scale);
    int integerDigits = Math.min(left.integerDigits(), right.integerDigits());
    return of(integerDigits + scale, scale);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SqlDecimal that && precision == that.precision && scale == that.scale;
  }

  @Override
  public int hashCode() {
    return Objects.hash(precision, scale);
  }

  @Override
  public String toString(FormatOptions formatOptions) {
    return "DECIMAL(" + precision + ", " + scale + ")";
  }
}
