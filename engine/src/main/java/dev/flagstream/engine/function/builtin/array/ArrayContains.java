package dev.flagstream.engine.function.builtin.array;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.List;

/** {@code ARRAY_CONTAINS}. */
@UdfDescription(
    name = "ARRAY_CONTAINS",
    category = FunctionCategory.ARRAY,
    description = "Whether a value is among the elements; false of a NULL array.")
public class ArrayContains {

  @Udf
  public <T> boolean arrayContains(
      @UdfParameter("array") List<T> array, @UdfParameter("val") T value) {
    return array != null && array.contains(value);
  }
}
