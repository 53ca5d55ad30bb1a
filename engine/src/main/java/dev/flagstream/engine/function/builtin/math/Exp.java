package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code EXP}. */
@UdfDescription(
    name = "exp",
    category = FunctionCategory.MATHEMATICAL,
    description = "The number e raised to a power.")
public class Exp {

  @Udf
  public Double exp(@UdfParameter("exponent") Integer exponent) {
    return exponent == null ? null : Math.exp(exponent);
  }

  @Udf
  public Double exp(@UdfParameter("exponent") Long exponent) {
    return exponent == null ? null : Math.exp(exponent);
  }

  @Udf
  public Double exp(@UdfParameter("exponent") Double exponent) {
    return exponent == null ? null : Math.exp(exponent);
  }
}
