package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code ASIN}. */
@UdfDescription(
    name = "asin",
    category = FunctionCategory.MATHEMATICAL,
    description = "Arc sine in radians; NaN outside [-1, 1].")
public class Asin extends RealFunction {

  @Override
  double compute(double value) {
    return Math.asin(value);
  }
}
