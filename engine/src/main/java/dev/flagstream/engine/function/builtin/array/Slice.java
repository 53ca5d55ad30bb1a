package dev.flagstream.engine.function.builtin.array;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;

/** {@code SLICE}. */
@UdfDescription(
    name = "slice",
    category = FunctionCategory.ARRAY,
    description =
        "The elements from one position to another, both included and counted from 1; NULL stands"
            + " for the first and the last. NULL if there are no such positions.")
public class Slice {

  @Udf
  public <T> List<T> slice(
      @UdfParameter("in") List<T> array,
      @UdfParameter("from") Integer from,
      @UdfParameter("to") Integer to) {
    if (array == null) {
      return null;
    }
    int start = from == null ? 0 : from - 1;
    int end = to == null ? array.size() : to;
    boolean exists = start >= 0 && start <= end && end <= array.size();
    return exists ? new ArrayList<>(array.subList(start, end)) : null;
  }
}
