package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code TRIM}. */
@UdfDescription(
    name = "trim",
    category = FunctionCategory.STRING,
    description = "The string without blanks at both ends.")
public class Trim {

  @Udf
  public String trim(@UdfParameter("input") String input) {
    return input == null ? null : input.trim();
  }
}
