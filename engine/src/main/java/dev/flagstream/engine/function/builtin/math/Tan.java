package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code TAN}. */
@UdfDescription(
    name = "tan",
    category = FunctionCategory.MATHEMATICAL,
    description = "Tangent of an angle in radians.")
public class Tan extends RealFunction {

  @Override
  double compute(double value) {
    return Math.tan(value);
  }
}
