package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** {@code CONCAT_WS}. */
@UdfDescription(
    name = "concat_ws",
    category = FunctionCategory.STRING,
    description =
        "Joins strings or bytes with a separator between them; NULL inputs are left out, a NULL separator gives NULL.")
public class ConcatWs {

  @Udf(description = "Joins strings.")
  public String concatWs(
      @UdfParameter("separator") String separator, @UdfParameter("inputs") String... inputs) {
    return separator == null
        ? null
        : Arrays.stream(inputs).filter(Objects::nonNull).collect(Collectors.joining(separator));
  }

  @Udf(description = "Joins bytes.")
  public ByteBuffer concatWs(
      @UdfParameter("separator") ByteBuffer separator,
      @UdfParameter("inputs") ByteBuffer... inputs) {
    if (separator == null) {
      return null;
    }
    List<ByteBuffer> parts = new ArrayList<>();
    for (ByteBuffer input : inputs) {
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
