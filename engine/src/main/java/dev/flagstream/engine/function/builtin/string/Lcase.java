package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Locale;

/** {@code LCASE}. */
@UdfDescription(
    name = "lcase",
    category = FunctionCategory.STRING,
    description = "The string in lower case.")
public class Lcase {

  @Udf
  public String lcase(@UdfParameter("input") String input) {
    return input == null ? null : input.toLowerCase(Locale.ROOT);
  }
}
