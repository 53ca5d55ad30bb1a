package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code COSH}. */
@UdfDescription(
    name = "cosh",
    category = FunctionCategory.MATHEMATICAL,
    description = "Hyperbolic cosine of a value in radians.")
public class Cosh extends RealFunction {

  @Override
  double compute(double value) {
    return Math.cosh(value);
  }
}
