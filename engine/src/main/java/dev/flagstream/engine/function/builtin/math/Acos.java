package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code ACOS}. */
@UdfDescription(
    name = "acos",
    category = FunctionCategory.MATHEMATICAL,
    description = "Arc cosine in radians; NaN outside [-1, 1].")
public class Acos extends RealFunction {

  @Override
  double compute(double value) {
    return Math.acos(value);
  }
}
