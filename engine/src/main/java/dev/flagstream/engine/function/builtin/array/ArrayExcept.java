package dev.flagstream.engine.function.builtin.array;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code ARRAY_EXCEPT}. */
@UdfDescription(
    name = "array_except",
    category = FunctionCategory.ARRAY,
    description = "The distinct elements of the first array that are not in the second.")
public class ArrayExcept {

  @Udf
  public <T> List<T> arrayExcept(
      @UdfParameter("left") List<T> left, @UdfParameter("right") List<T> right) {
    if (left == null || right == null) {
      return null;
    }
    Set<T> distinct = new LinkedHashSet<>(left);
    distinct.removeAll(new HashSet<>(right));
    return new ArrayList<>(distinct);
  }
}
