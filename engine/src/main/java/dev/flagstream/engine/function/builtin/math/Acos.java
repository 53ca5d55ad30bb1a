package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code ACOS}. */
@UdfDescription(
    name = "acos",
    category = FunctionCategory.MATHEMATICAL,
    description = "Arc cosine in radians; NaN outside [-1, 1].")
public class Acos {

  @Udf
  public Double acos(@UdfParameter("value") Double value) {
    return value == null ? null : Math.acos(value);
  }
}
