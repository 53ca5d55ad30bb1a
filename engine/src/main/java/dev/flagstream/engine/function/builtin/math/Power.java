package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code POWER}. */
@UdfDescription(
    name = "power",
    category = FunctionCategory.MATHEMATICAL,
    description = "A base raised to an exponent; Infinity when DOUBLE cannot hold it.")
public class Power {

  @Udf
  public Double power(
      @UdfParameter("base") Integer base, @UdfParameter("exponent") Integer exponent) {
    return base == null || exponent == null ? null : compute(base, exponent);
  }

  @Udf
  public Double power(@UdfParameter("base") Long base, @UdfParameter("exponent") Long exponent) {
    return base == null || exponent == null ? null : compute(base, exponent);
  }

  @Udf
  public Double power(
      @UdfParameter("base") Double base, @UdfParameter("exponent") Double exponent) {
    return base == null || exponent == null ? null : compute(base, exponent);
  }

  private static double compute(double base, double exponent) {
    return Math.pow(base, exponent);
  }
}
