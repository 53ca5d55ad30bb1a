package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code COSH}. */
@UdfDescription(
    name = "cosh",
    category = FunctionCategory.MATHEMATICAL,
    description = "Hyperbolic cosine of a value in radians.")
public class Cosh {

  @Udf
  public Double cosh(@UdfParameter("value") Double value) {
    return value == null ? null : Math.cosh(value);
  }
}
