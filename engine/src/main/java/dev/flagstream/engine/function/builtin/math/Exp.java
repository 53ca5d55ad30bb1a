package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code EXP}. */
@UdfDescription(
    name = "exp",
    category = FunctionCategory.MATHEMATICAL,
    description = "The number e raised to a power.")
public class Exp extends RealFunction {

  @Override
  double compute(double value) {
    return Math.exp(value);
  }
}
