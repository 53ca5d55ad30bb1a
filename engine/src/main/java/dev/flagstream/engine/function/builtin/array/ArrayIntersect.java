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

/** {@code ARRAY_INTERSECT}. */
@UdfDescription(
    name = "array_intersect",
    category = FunctionCategory.ARRAY,
    description = "The distinct elements that both arrays have, in the order of the first.")
public class ArrayIntersect {

  @Udf
  public <T> List<T> arrayIntersect(
      @UdfParameter("left") List<T> left, @UdfParameter("right") List<T> right) {
    if (left == null || right == null) {
      return null;
    }
    Set<T> common = new LinkedHashSet<>(left);
    common.retainAll(new HashSet<>(right));
    return new ArrayList<>(common);
  }
}
