package dev.flagstream.engine.function.builtin.array;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** {@code ARRAY_REMOVE}. */
@UdfDescription(
    name = "array_remove",
    category = FunctionCategory.ARRAY,
    description =
        "The array without the elements that are equal to a value; a NULL value removes NULL.")
public class ArrayRemove {

  @Udf
  public <T> List<T> arrayRemove(
      @UdfParameter("array") List<T> array, @UdfParameter("victim") T value) {
    if (array == null) {
      return null;
    }
    List<T> rest = new ArrayList<>(array);
    rest.removeIf(element -> Objects.equals(element, value));
    return rest;
  }
}
