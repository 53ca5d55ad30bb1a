package dev.flagstream.engine.function.builtin.conditional;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code AS_VALUE}. */
@UdfDescription(
    name = "AS_VALUE",
    category = FunctionCategory.OTHER,
    description = "The value itself; it copies a key column into the value of the record.")
public class AsValue {

  @Udf
  public <T> T asValue(@UdfParameter("keyColumn") T keyColumn) {
    return keyColumn;
  }
}
