package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code DEGREES}. */
@UdfDescription(
    name = "degrees",
    category = FunctionCategory.MATHEMATICAL,
    description = "An angle in radians as degrees.")
public class Degrees extends RealFunction {

  @Override
  double compute(double value) {
    return Math.toDegrees(value);
  }
}
