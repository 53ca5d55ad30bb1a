package dev.flagstream.engine.function.builtin.array;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;

/** {@code ARRAY_JOIN}. */
@UdfDescription(
    name = "ARRAY_JOIN",
    category = FunctionCategory.ARRAY,
    description =
        "The elements as one string with a delimiter between them, a comma unless told otherwise; a"
            + " NULL delimiter is an empty one. The elements must be texts, numbers or truth"
            + " values.")
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
    if (element instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    boolean joinable =
        element == null
            || element instanceof String
            || element instanceof Boolean
            || element instanceof Number;
    if (!joinable) {
      throw new IllegalArgumentException("ARRAY_JOIN joins texts, numbers and truth values");
    }
    return String.valueOf(element);
  }
}
