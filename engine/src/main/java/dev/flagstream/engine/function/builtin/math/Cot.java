package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code COT}. */
@UdfDescription(
    name = "cot",
    category = FunctionCategory.MATHEMATICAL,
    description = "Cotangent of an angle in radians; Infinity at 0.")
public class Cot extends RealFunction {

  @Override
  double compute(double value) {
    return 1.0 / Math.tan(value);
  }
}
