package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code COS}. */
@UdfDescription(
    name = "cos",
    category = FunctionCategory.MATHEMATICAL,
    description = "Cosine of an angle in radians.")
public class Cos {

  @Udf
  public Double cos(@UdfParameter("value") Double value) {
    return value == null ? null : Math.cos(value);
  }
}
