package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code CBRT}. */
@UdfDescription(name = "cbrt", category = FunctionCategory.MATHEMATICAL, description = "Cube root.")
public class Cbrt extends RealFunction {

  @Override
  double compute(double value) {
    return Math.cbrt(value);
  }
}
