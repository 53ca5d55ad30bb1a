package dev.flagstream.engine.function.builtin.conditional;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Objects;

/** {@code NULLIF}. */
@UdfDescription(
    name = "NULLIF",
    category = FunctionCategory.CONDITIONAL,
    description = "NULL if both values are equal, else the first one.")
public class NullIf {

  @Udf
  public <T> T nullIf(@UdfParameter("expr1") T value, @UdfParameter("expr2") T other) {
    return Objects.equals(value, other) ? null : value;
  }
}
