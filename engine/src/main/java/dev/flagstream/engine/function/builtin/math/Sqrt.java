package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code SQRT}. */
@UdfDescription(
    name = "sqrt",
    category = FunctionCategory.MATHEMATICAL,
    description = "Square root; NaN of negative numbers.")
public class Sqrt extends RealFunction {

  @Override
  double compute(double value) {
    return Math.sqrt(value);
  }
}
