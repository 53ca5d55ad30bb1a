package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Locale;

/** {@code UCASE}. */
@UdfDescription(
    name = "ucase",
    category = FunctionCategory.STRING,
    description = "The string in upper case.")
public class Ucase {

  @Udf
  public String ucase(@UdfParameter("input") String input) {
    return input == null ? null : input.toUpperCase(Locale.ROOT);
  }
}
