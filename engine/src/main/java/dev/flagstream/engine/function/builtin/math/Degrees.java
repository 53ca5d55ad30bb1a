package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code DEGREES}. */
@UdfDescription(
    name = "degrees",
    category = FunctionCategory.MATHEMATICAL,
    description = "An angle in radians as degrees.")
public class Degrees {

  @Udf
  public Double degrees(@UdfParameter("value") Double value) {
    return value == null ? null : Math.toDegrees(value);
  }
}
