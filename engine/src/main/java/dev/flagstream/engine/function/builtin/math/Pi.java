package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;

/** {@code PI}. */
@UdfDescription(
    name = "pi",
    category = FunctionCategory.MATHEMATICAL,
    description = "The DOUBLE nearest to pi.")
public class Pi {

  @Udf
  public double pi() {
    return Math.PI;
  }
}
