package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code RADIANS}. */
@UdfDescription(
    name = "radians",
    category = FunctionCategory.MATHEMATICAL,
    description = "An angle in degrees as radians.")
public class Radians extends RealFunction {

  @Override
  double compute(double value) {
    return Math.toRadians(value);
  }
}
