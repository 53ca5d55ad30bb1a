package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code SINH}. */
@UdfDescription(
    name = "sinh",
    category = FunctionCategory.MATHEMATICAL,
    description = "Hyperbolic sine of a value in radians.")
public class Sinh extends RealFunction {

  @Override
  double compute(double value) {
    return Math.sinh(value);
  }
}
