package dev.flagstream.engine.function.builtin.array;

import dev.flagstream.engine.function.builtin.Ordered;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code ARRAY_SORT}. */
@UdfDescription(
    name = "array_sort",
    category = FunctionCategory.ARRAY,
    description =
        "The elements in their natural order, NULL last. They must be of primitive types.")
public class ArraySort {

  @Udf(description = "In ascending order.")
  public <T extends Comparable<? super T>> List<T> arraySort(@UdfParameter("input") List<T> array) {
    return arraySort(array, "ASC");
  }

  @Udf(description = "In ascending (ASC) or descending (DESC) order; NULL for any other word.")
  public <T extends Comparable<? super T>> List<T> arraySort(
      @UdfParameter("input") List<T> array, @UdfParameter("direction") String direction) {
    if (array == null || direction == null) {
      return null;
    }
    if (array.size() - Collections.frequency(array, null) > 1) {
      Ordered.require("ARRAY_SORT", array);
    }
    List<T> sorted = new ArrayList<>(array);
    switch (direction.toUpperCase(Locale.ROOT)) {
      case "ASC", "ASCENDING" -> sorted.sort(Comparator.nullsLast(Comparator.naturalOrder()));
      case "DESC", "DESCENDING" -> sorted.sort(Comparator.nullsLast(Comparator.reverseOrder()));
      default -> {
        return null;
      }
    }
    return sorted;
  }
}
