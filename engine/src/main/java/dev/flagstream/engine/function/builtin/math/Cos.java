package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code COS}. */
@UdfDescription(
    name = "cos",
    category = FunctionCategory.MATHEMATICAL,
    description = "Cosine of an angle in radians.")
public class Cos extends RealFunction {

  @Override
  double compute(double value) {
    return Math.cos(value);
  }
}
