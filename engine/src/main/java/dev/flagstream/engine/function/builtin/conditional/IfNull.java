package dev.flagstream.engine.function.builtin.conditional;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code IFNULL}. */
@UdfDescription(
    name = "IFNULL",
    category = FunctionCategory.CONDITIONAL,
    description = "The value, or the alternative if the value is NULL.")
public class IfNull {

  @Udf
  public <T> T ifNull(
      @UdfParameter("expression") T value, @UdfParameter("altValue") T alternative) {
    return value == null ? alternative : value;
  }
}
