package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code LN}. */
@UdfDescription(
    name = "ln",
    category = FunctionCategory.MATHEMATICAL,
    description = "Natural logarithm; -Infinity of 0, NaN of negative numbers.")
public class Ln extends RealFunction {

  @Override
  double compute(double value) {
    return Math.log(value);
  }
}
