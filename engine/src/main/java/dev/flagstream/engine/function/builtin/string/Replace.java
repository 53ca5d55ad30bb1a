package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code REPLACE}. */
@UdfDescription(
    name = "replace",
    category = FunctionCategory.STRING,
    description = "The string with all occurrences of a substring replaced.")
public class Replace {

  @Udf
  public String replace(
      @UdfParameter("input") String input,
      @UdfParameter("substring") String substring,
      @UdfParameter("replacement") String replacement) {
    return input == null || substring == null || replacement == null
        ? null
        : input.replace(substring, replacement);
  }
}
