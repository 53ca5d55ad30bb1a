package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code LOG}. */
@UdfDescription(
    name = "log",
    category = FunctionCategory.MATHEMATICAL,
    description =
        "Logarithm: natural, or to a given base. -Infinity of 0, or Infinity where the base is below 1; NaN of negative values, and for bases that are 1, 0 or negative.")
public class Log {

  @Udf(description = "Natural logarithm.")
  public Double log(@UdfParameter("value") Integer value) {
    return value == null ? null : Math.log(value);
  }

  @Udf(description = "Natural logarithm.")
  public Double log(@UdfParameter("value") Long value) {
    return value == null ? null : Math.log(value);
  }

  @Udf(description = "Natural logarithm.")
  public Double log(@UdfParameter("value") Double value) {
    return value == null ? null : Math.log(value);
  }

  @Udf(description = "Logarithm to a base.")
  public Double log(@UdfParameter("base") Integer base, @UdfParameter("value") Integer value) {
    return base == null || value == null ? null : compute(base, value);
  }

  @Udf(description = "Logarithm to a base.")
  public Double log(@UdfParameter("base") Long base, @UdfParameter("value") Long value) {
    return base == null || value == null ? null : compute(base, value);
  }

  @Udf(description = "Logarithm to a base.")
  public Double log(@UdfParameter("base") Double base, @UdfParameter("value") Double value) {
    return base == null || value == null ? null : compute(base, value);
  }

  private static double compute(double base, double value) {
    if (base <= 0 || base == 1) {
      return Double.NaN;
    }
    return Math.log(value) / Math.log(base);
  }
}
