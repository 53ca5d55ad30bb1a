package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code COT}. */
@UdfDescription(
    name = "cot",
    category = FunctionCategory.MATHEMATICAL,
    description = "Cotangent of an angle in radians; Infinity at 0.")
public class Cot {

  @Udf
  public Double cot(@UdfParameter("value") Double value) {
    return value == null ? null : 1.0 / Math.tan(value);
  }
}
