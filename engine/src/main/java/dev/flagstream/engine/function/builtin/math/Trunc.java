package dev.flagstream.engine.function.builtin.math;

import dev.flagstream.engine.function.builtin.DecimalTypes;
import dev.flagstream.engine.value.DoubleText;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import io.confluent.ksql.function.udf.UdfSchemaProvider;
import io.confluent.ksql.schema.ksql.SqlArgument;
import io.confluent.ksql.schema.ksql.types.SqlType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** {@code TRUNC}. */
@UdfDescription(
    name = "trunc",
    category = FunctionCategory.MATHEMATICAL,
    description = "Drops the digits after the point.")
public class Trunc {

  @Udf
  public Long trunc(@UdfParameter("val") Integer value) {
    return value == null ? null : Long.valueOf(value);
  }

  @Udf
  public Long trunc(@UdfParameter("val") Long value) {
    return value;
  }

  @Udf
  public Long trunc(@UdfParameter("val") Double value) {
    return value == null ? null : value.longValue();
  }

  @Udf(
      description =
          "Keeps so many decimal places; a negative scale drops digits before the point. NULL of"
              + " NaN and infinity.")
  public Double trunc(
      @UdfParameter("val") Double value, @UdfParameter("decimalPlaces") Integer scale) {
    if (value == null || scale == null) {
      return null;
    }
    return truncated(DoubleText.toDecimal(value), scale).doubleValue();
  }

  @Udf(schemaProvider = "wholeNumber")
  public BigDecimal trunc(@UdfParameter("val") BigDecimal value) {
    return value == null ? null : truncated(value, 0);
  }

  @Udf(
      description =
          "Keeps so many decimal places; a negative scale drops digits before the point. The result"
              + " keeps precision and scale of its type.",
      schemaProvider = "sameDecimal")
  public BigDecimal trunc(
      @UdfParameter("val") BigDecimal value, @UdfParameter("decimalPlaces") Integer scale) {
    return value == null || scale == null
        ? null
        : DecimalTypes.roundedInPlace(value, scale, RoundingMode.DOWN);
  }

  @UdfSchemaProvider
  public SqlType wholeNumber(List<SqlArgument> arguments) {
    return DecimalTypes.wholeNumbersOf(arguments.get(0));
  }

  @UdfSchemaProvider
  public SqlType sameDecimal(List<SqlArgument> arguments) {
    DecimalTypes.requireScale(arguments.get(1), "trunc");
    return DecimalTypes.of(arguments.get(0));
  }

  private static BigDecimal truncated(BigDecimal value, int scale) {
    return DecimalTypes.rounded(value, scale, RoundingMode.DOWN);
  }
}
