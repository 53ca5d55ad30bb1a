package dev.flagstream.engine.function.signature;

import dev.flagstream.engine.type.SqlType;

/** Arithmetic on the sizes of decimals. */
public final class Decimals {

  private Decimals() {}

  /** The smallest decimal that holds all values of both. */
  public static SqlType.Decimal holding(SqlType.Decimal one, SqlType.Decimal other) {
    int scale = Math.max(one.scale(), other.scale());
    int integerDigits = Math.max(one.precision() - one.scale(), other.precision() - other.scale());
    return new SqlType.Decimal(integerDigits + scale, scale);
  }
}
