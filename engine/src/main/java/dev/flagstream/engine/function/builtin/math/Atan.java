package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code ATAN}. */
@UdfDescription(
    name = "atan",
    category = FunctionCategory.MATHEMATICAL,
    description = "Arc tangent in radians.")
public class Atan extends RealFunction {

  @Override
  double compute(double value) {
    return Math.atan(value);
  }
}
