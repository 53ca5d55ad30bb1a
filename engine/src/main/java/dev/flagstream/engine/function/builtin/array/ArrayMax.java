package dev.flagstream.engine.function.builtin.array;

import dev.flagstream.engine.function.builtin.Ordered;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** {@code ARRAY_MAX}. */
@UdfDescription(
    name = "array_max",
    category = FunctionCategory.ARRAY,
    description =
        "The largest element that is not NULL; NULL if there is none. The elements must be of"
            + " primitive types.")
public class ArrayMax {

  @Udf
  public <T extends Comparable<? super T>> T arrayMax(@UdfParameter("input") List<T> array) {
    if (array == null) {
      return null;
    }
    Ordered.require("ARRAY_MAX", array);
    return array.stream().filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
  }
}
