package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code RADIANS}. */
@UdfDescription(
    name = "radians",
    category = FunctionCategory.MATHEMATICAL,
    description = "An angle in degrees as radians.")
public class Radians {

  @Udf
  public Double radians(@UdfParameter("value") Double value) {
    return value == null ? null : Math.toRadians(value);
  }
}
