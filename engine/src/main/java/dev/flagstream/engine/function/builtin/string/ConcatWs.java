package dev.flagstream.engine.function.builtin.string;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** {@code CONCAT_WS}. */
@UdfDescription(
    name = "concat_ws",
    category = FunctionCategory.STRING,
    description =
        "Joins strings or bytes with the first of them between the others; NULL inputs are left"
            + " out; a NULL separator, or no input at all, gives NULL.")
public class ConcatWs {

  @Udf(description = "Joins strings.")
  public String concatWs(@UdfParameter("inputs") String... inputs) {
    if (hasNothingToJoin(inputs)) {
      return null;
    }
    List<String> parts = Arrays.stream(inputs).skip(1).filter(Objects::nonNull).toList();
    long separators = Math.max(0, parts.size() - 1L) * inputs[0].length();
    RowBudget.characters("CONCAT_WS", separators + parts.stream().mapToLong(String::length).sum());
    return String.join(inputs[0], parts);
  }

  private static boolean hasNothingToJoin(Object[] inputs) {
    return inputs == null || inputs.length < 2 || inputs[0] == null;
  }

  @Udf(description = "Joins bytes.")
  public ByteBuffer concatWs(@UdfParameter("inputs") ByteBuffer... inputs) {
    if (hasNothingToJoin(inputs)) {
      return null;
    }
    ByteBuffer separator = inputs[0];
    List<ByteBuffer> parts = new ArrayList<>();
    for (ByteBuffer input : Arrays.asList(inputs).subList(1, inputs.length)) {
      if (input != null) {
        if (!parts.isEmpty()) {
          parts.add(separator);
        }
        parts.add(input);
      }
    }
    return new Concat().concat(parts.toArray(new ByteBuffer[0]));
  }
}
