package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code SIN}. */
@UdfDescription(
    name = "sin",
    category = FunctionCategory.MATHEMATICAL,
    description = "Sine of an angle in radians.")
public class Sin extends RealFunction {

  @Override
  double compute(double value) {
    return Math.sin(value);
  }
}
