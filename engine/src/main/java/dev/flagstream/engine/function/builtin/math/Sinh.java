package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code SINH}. */
@UdfDescription(
    name = "sinh",
    category = FunctionCategory.MATHEMATICAL,
    description = "Hyperbolic sine of a value in radians.")
public class Sinh {

  @Udf
  public Double sinh(@UdfParameter("value") Double value) {
    return value == null ? null : Math.sinh(value);
  }
}
