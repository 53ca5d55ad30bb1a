package dev.flagstream.engine.function.builtin.math;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code LN}. */
@UdfDescription(
    name = "ln",
    category = FunctionCategory.MATHEMATICAL,
    description = "Natural logarithm; -Infinity of 0, NaN of negative numbers.")
public class Ln {

  @Udf
  public Double ln(@UdfParameter("value") Double value) {
    return value == null ? null : Math.log(value);
  }
}
