package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code TAN}. */
@UdfDescription(
    name = "tan",
    category = FunctionCategory.MATHEMATICAL,
    description = "Tangent of an angle in radians.")
public class Tan {

  @Udf
  public Double tan(@UdfParameter("value") Double value) {
    return value == null ? null : Math.tan(value);
  }
}
