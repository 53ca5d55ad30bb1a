package dev.flagstream.engine.function.builtin.array;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** {@code ARRAY_UNION}. */
@UdfDescription(
    name = "array_union",
    category = FunctionCategory.ARRAY,
    description = "The distinct elements of both arrays in the order of their first occurrence.")
public class ArrayUnion {

  @Udf
  public <T> List<T> arrayUnion(
      @UdfParameter("left") List<T> left, @UdfParameter("right") List<T> right) {
    if (left == null || right == null) {
      return null;
    }
    Set<T> distinct = new LinkedHashSet<>(left);
    distinct.addAll(right);
    return new ArrayList<>(distinct);
  }
}
