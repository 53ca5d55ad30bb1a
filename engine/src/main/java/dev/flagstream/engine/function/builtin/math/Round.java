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

/** {@code ROUND}. */
@UdfDescription(
    name = "Round",
    category = FunctionCategory.MATHEMATICAL,
    description = "Rounds to the nearest number; from the middle up, towards positive infinity.")
public class Round {

  @Udf
  public Long round(@UdfParameter("val") Integer value) {
    return value == null ? null : Long.valueOf(value);
  }

  @Udf
  public Long round(@UdfParameter("val") Long value) {
    return value;
  }

  @Udf
  public Long round(@UdfParameter("val") Double value) {
    return value == null ? null : Math.round(value);
  }

  @Udf(
      description =
          "Rounds to so many decimal places; a negative scale rounds before the point. NULL of NaN"
              + " and infinity.")
  public Double round(
      @UdfParameter("val") Double value, @UdfParameter("decimalPlaces") Integer scale) {
    if (value == null || scale == null) {
      return null;
    }
    return rounded(DoubleText.toDecimal(value), scale).doubleValue();
  }

  @Udf(schemaProvider = "wholeNumber")
  public BigDecimal round(@UdfParameter("val") BigDecimal value) {
    return value == null ? null : rounded(value, 0);
  }

  @Udf(
      description =
          "Rounds to so many decimal places; a negative scale rounds before the point. The result"
              + " keeps precision and scale of its type.",
      schemaProvider = "sameDecimal")
  public BigDecimal round(
      @UdfParameter("val") BigDecimal value, @UdfParameter("decimalPlaces") Integer scale) {
    return value == null || scale == null
        ? null
        : DecimalTypes.roundedInPlace(value, scale, middleUp(value));
  }

  @UdfSchemaProvider
  public SqlType wholeNumber(List<SqlArgument> arguments) {
    return DecimalTypes.wholeNumbersOf(arguments.get(0));
  }

  @UdfSchemaProvider
  public SqlType sameDecimal(List<SqlArgument> arguments) {
    DecimalTypes.requireScale(arguments.get(1), "Round");
    return DecimalTypes.of(arguments.get(0));
  }

  private static BigDecimal rounded(BigDecimal value, int scale) {
    return DecimalTypes.rounded(value, scale, middleUp(value));
  }

  private static RoundingMode middleUp(BigDecimal value) {
    return value.signum() >= 0 ? RoundingMode.HALF_UP : RoundingMode.HALF_DOWN;
  }
}
