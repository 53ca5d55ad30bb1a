package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Arrays;

/** {@code FIELD}, the counterpart of ELT. */
@UdfDescription(
    name = "field",
    category = FunctionCategory.STRING,
    description =
        "The position of a string among others, counted from 1; 0 if it is not there or NULL.")
public class Field {

  @Udf
  public int field(@UdfParameter("str") String string, @UdfParameter("args") String... strings) {
    if (string == null || strings == null) {
      return 0;
    }
    return Arrays.asList(strings).indexOf(string) + 1;
  }
}
