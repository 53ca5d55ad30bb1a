package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code ASIN}. */
@UdfDescription(
    name = "asin",
    category = FunctionCategory.MATHEMATICAL,
    description = "Arc sine in radians; NaN outside [-1, 1].")
public class Asin {

  @Udf
  public Double asin(@UdfParameter("value") Double value) {
    return value == null ? null : Math.asin(value);
  }
}
