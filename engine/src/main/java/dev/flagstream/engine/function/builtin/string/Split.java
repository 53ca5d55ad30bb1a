package dev.flagstream.engine.function.builtin.string;

import dev.flagstream.engine.function.RowBudget;
import dev.flagstream.engine.value.ByteBuffers;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** {@code SPLIT}. */
@UdfDescription(
    name = "split",
    category = FunctionCategory.STRING,
    description =
        "The parts between delimiters; an empty delimiter splits into single characters or bytes.")
public class Split {

  @Udf(description = "Splits a string.")
  public List<String> split(
      @UdfParameter("string") String input, @UdfParameter("delimiter") String delimiter) {
    if (input == null || delimiter == null) {
      return null;
    }
    if (delimiter.isEmpty()) {
      RowBudget.elements("SPLIT", input.length());
      return input.isEmpty() ? List.of("") : List.of(input.split(""));
    }
    return parts("SPLIT", input, delimiter);
  }

  /** The parts between delimiters, which are not empty. */
  static List<String> parts(String function, String input, String delimiter) {
    RowBudget.search(function, input.length(), delimiter.length());
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int end = input.indexOf(delimiter); end >= 0; end = input.indexOf(delimiter, start)) {
      parts.add(input.substring(start, end));
      start = end + delimiter.length();
    }
    parts.add(input.substring(start));
    RowBudget.elements(function, parts.size());
    return parts;
  }

  @Udf(description = "Splits bytes.")
  public List<ByteBuffer> split(
      @UdfParameter("bytes") ByteBuffer input, @UdfParameter("delimiter") ByteBuffer delimiter) {
    if (input == null || delimiter == null) {
      return null;
    }
    // Latin-1 has one character per byte, both ways.
    String text = new String(ByteBuffers.toArray(input), StandardCharsets.ISO_8859_1);
    String separator = new String(ByteBuffers.toArray(delimiter), StandardCharsets.ISO_8859_1);
    return split(text, separator).stream()
        .map(part -> ByteBuffer.wrap(part.getBytes(StandardCharsets.ISO_8859_1)))
        .toList();
  }
}
