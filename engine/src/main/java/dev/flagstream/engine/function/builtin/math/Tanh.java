package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code TANH}. */
@UdfDescription(
    name = "tanh",
    category = FunctionCategory.MATHEMATICAL,
    description = "Hyperbolic tangent of a value in radians.")
public class Tanh {

  @Udf
  public Double tanh(@UdfParameter("value") Double value) {
    return value == null ? null : Math.tanh(value);
  }
}
