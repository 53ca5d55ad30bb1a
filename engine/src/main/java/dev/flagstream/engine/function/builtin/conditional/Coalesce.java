package dev.flagstream.engine.function.builtin.conditional;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code COALESCE}. */
@UdfDescription(
    name = "COALESCE",
    category = FunctionCategory.CONDITIONAL,
    description = "The first value that is not NULL; NULL if all are.")
public class Coalesce {

  @SafeVarargs
  @Udf
  public final <T> T coalesce(@UdfParameter("first") T first, @UdfParameter("others") T... others) {
    if (first != null || others == null) {
      return first;
    }
    for (T other : others) {
      if (other != null) {
        return other;
      }
    }
    return null;
  }
}
