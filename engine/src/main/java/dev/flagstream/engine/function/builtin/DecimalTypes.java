package dev.flagstream.engine.function.builtin;

import dev.flagstream.engine.value.ExactDecimals;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlDecimal;
import io.confluent.ksql.schema.ksql.types.SqlType;
import io.confluent.ksql.schema.ksql.types.SqlTypes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What built-in functions ask of the DECIMAL types of their arguments. */
public final class DecimalTypes {

  private DecimalTypes() {}

  /**
   * The DECIMAL type of an argument, or the one an INTEGER or BIGINT is widened to.
   *
   * @throws IllegalArgumentException if it is NULL, which has no precision and scale
   */
  public static SqlDecimal of(SqlArgument argument) {
    SqlType type = argument.getSqlTypeOrThrow();
    if (type instanceof SqlDecimal decimal) {
      return decimal;
    }
    if (SqlTypes.INTEGER.equals(type)) {
      return SqlTypes.INT_UPCAST_TO_DECIMAL;
    }
    if (SqlTypes.BIGINT.equals(type)) {
      return SqlTypes.BIGINT_UPCAST_TO_DECIMAL;
    }
    throw new IllegalArgumentException(
        "A DECIMAL argument is needed to know the precision of the result; found " + type);
  }

  /**
   * Checks that a number of decimal places is not a bare NULL, which ksqlDB refuses.
   *
   * @throws IllegalArgumentException if it is
   */
  public static void requireScale(SqlArgument scale, String functionName) {
    if (scale.getSqlTypeOrThrow() == null) {
      throw new IllegalArgumentException(
          "Cannot invoke the schema provider method provideDecimalSchemaWithDecimalPlaces for UDF "
              + functionName
              + ". \nThe number of decimal places of a DECIMAL must have a type: cast NULL to INTEGER.");
    }
  }

  /** The smallest DECIMAL that holds the values of all arguments that are not NULL. */
  public static SqlDecimal holding(List<SqlArgument> arguments) {
    SqlDecimal widest = null;
    for (SqlArgument argument : arguments) {
      if (argument.getSqlTypeOrThrow() != null) {
        SqlDecimal type = of(argument);
        widest = widest == null ? type : holding(widest, type);
      }
    }
    if (widest == null) {
      throw new IllegalArgumentException("At least one argument must have a type");
    }
    return widest;
  }

  private static SqlDecimal holding(SqlDecimal one, SqlDecimal other) {
    int scale = Math.max(one.getScale(), other.getScale());
    int integerDigits =
        Math.max(one.getPrecision() - one.getScale(), other.getPrecision() - other.getScale());
    return SqlTypes.decimal(integerDigits + scale, scale);
  }

  /** The value with so many decimal places at most; a negative scale rounds before the point. */
  public static BigDecimal rounded(BigDecimal value, int scale, RoundingMode mode) {
    return scale >= value.scale()
        ? value
        : ExactDecimals.rescale(value, scale, mode, Long.MAX_VALUE);
  }

  /**
   * The same with the decimal places that the value had. One that is rounded before the point is
   * left to who knows the type.
   */
  public static BigDecimal roundedInPlace(BigDecimal value, int scale, RoundingMode mode) {
    BigDecimal rounded = rounded(value, scale, mode);
    return rounded.scale() < 0 ? rounded : rounded.setScale(value.scale());
  }

  /** The type of whole numbers of a DECIMAL type. */
  public static SqlDecimal wholeNumbersOf(SqlArgument argument) {
    SqlDecimal type = of(argument);
    return SqlTypes.decimal(Math.max(1, type.getPrecision() - type.getScale()), 0);
  }
}
