package dev.flagstream.engine.function.builtin.array;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** {@code ARRAY_DISTINCT}. */
@UdfDescription(
    name = "array_distinct",
    category = FunctionCategory.ARRAY,
    description = "The distinct elements in the order of their first occurrence, NULL among them.")
public class ArrayDistinct {

  @Udf
  public <T> List<T> arrayDistinct(@UdfParameter("input") List<T> array) {
    return array == null ? null : new ArrayList<>(new LinkedHashSet<>(array));
  }
}
