package dev.flagstream.engine.function.builtin.array;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;

/** {@code ARRAY_JOIN}. */
@UdfDescription(
    name = "array_join",
    category = FunctionCategory.ARRAY,
    description =
        "The elements as one string with a delimiter between them, a comma unless told otherwise; a NULL delimiter is an empty one. The elements must be of primitive types.")
public class ArrayJoin {

  @Udf
  public <T> String arrayJoin(@UdfParameter("array") List<T> array) {
    return arrayJoin(array, ",");
  }

  @Udf
  public <T> String arrayJoin(
      @UdfParameter("array") List<T> array, @UdfParameter("delimiter") String delimiter) {
    return array == null
        ? null
        : array.stream()
            .map(ArrayJoin::text)
            .collect(Collectors.joining(delimiter == null ? "" : delimiter));
  }

  private static String text(Object element) {
    if (element instanceof List || element instanceof Map || element instanceof Struct) {
      throw new IllegalArgumentException(
          "ARRAY_JOIN joins elements of primitive types, not arrays, maps or structs");
    }
    return element instanceof BigDecimal decimal
        ? decimal.toPlainString()
        : String.valueOf(element);
  }
}
