package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code SQRT}. */
@UdfDescription(
    name = "sqrt",
    category = FunctionCategory.MATHEMATICAL,
    description = "Square root; NaN of negative numbers.")
public class Sqrt {

  @Udf
  public Double sqrt(@UdfParameter("value") Double value) {
    return value == null ? null : Math.sqrt(value);
  }
}
