package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code SIN}. */
@UdfDescription(
    name = "sin",
    category = FunctionCategory.MATHEMATICAL,
    description = "Sine of an angle in radians.")
public class Sin {

  @Udf
  public Double sin(@UdfParameter("value") Double value) {
    return value == null ? null : Math.sin(value);
  }
}
