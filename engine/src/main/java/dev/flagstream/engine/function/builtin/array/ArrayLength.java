package dev.flagstream.engine.function.builtin.array;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.List;

/** {@code ARRAY_LENGTH}. */
@UdfDescription(
    name = "ARRAY_LENGTH",
    category = FunctionCategory.ARRAY,
    description = "The number of elements.")
public class ArrayLength {

  @Udf
  public <T> Integer arrayLength(@UdfParameter("array") List<T> array) {
    return array == null ? null : array.size();
  }
}
