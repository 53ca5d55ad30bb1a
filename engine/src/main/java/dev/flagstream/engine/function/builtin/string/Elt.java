package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code ELT}, the counterpart of FIELD. */
@UdfDescription(
    name = "elt",
    category = FunctionCategory.STRING,
    description = "The n-th of the strings, counted from 1; NULL if there are not as many.")
public class Elt {

  @Udf
  public String elt(@UdfParameter("n") int n, @UdfParameter("args") String... strings) {
    return strings == null || n < 1 || n > strings.length ? null : strings[n - 1];
  }
}
