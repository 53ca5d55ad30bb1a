package dev.flagstream.engine.function.builtin.array;

import dev.flagstream.engine.function.RowBudget;
import dev.flagstream.engine.value.DoubleText;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.List;

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
    if (array == null) {
      return null;
    }
    String separator = delimiter == null ? "" : delimiter;
    List<String> texts = array.stream().map(ArrayJoin::text).toList();
    long separators = Math.max(0, texts.size() - 1L) * separator.length();
    RowBudget.characters("ARRAY_JOIN", separators + texts.stream().mapToLong(String::length).sum());
    return String.join(separator, texts);
  }

  private static String text(Object element) {
    boolean joinable =
        element == null
            || element instanceof String
            || element instanceof Boolean
            || element instanceof Number;
    if (!joinable) {
      throw new IllegalArgumentException("ARRAY_JOIN joins texts, numbers and truth values");
    }
    return DoubleText.ofAny(element);
  }
}
