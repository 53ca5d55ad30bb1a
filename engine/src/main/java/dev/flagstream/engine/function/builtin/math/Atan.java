package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code ATAN}. */
@UdfDescription(
    name = "atan",
    category = FunctionCategory.MATHEMATICAL,
    description = "Arc tangent in radians.")
public class Atan {

  @Udf
  public Double atan(@UdfParameter("value") Double value) {
    return value == null ? null : Math.atan(value);
  }
}
