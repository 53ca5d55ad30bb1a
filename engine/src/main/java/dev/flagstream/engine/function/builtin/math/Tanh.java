package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code TANH}. */
@UdfDescription(
    name = "tanh",
    category = FunctionCategory.MATHEMATICAL,
    description = "Hyperbolic tangent of a value in radians.")
public class Tanh extends RealFunction {

  @Override
  double compute(double value) {
    return Math.tanh(value);
  }
}
