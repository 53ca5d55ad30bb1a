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
  public Double exp(@UdfParameter("value") Double value) {
    return value == null ? null : Math.exp(value);
  }
}
