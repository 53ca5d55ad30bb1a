package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code CBRT}. */
@UdfDescription(name = "cbrt", category = FunctionCategory.MATHEMATICAL, description = "Cube root.")
public class Cbrt {

  @Udf
  public Double cbrt(@UdfParameter("value") Double value) {
    return value == null ? null : Math.cbrt(value);
  }
}
