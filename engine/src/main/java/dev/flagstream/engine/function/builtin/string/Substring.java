package dev.flagstream.engine.function.builtin.string;

import dev.flagstream.engine.value.ByteBuffers;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** {@code SUBSTRING}. */
@UdfDescription(
    name = "substring",
    category = FunctionCategory.STRING,
    description =
        "The part that starts at a position, 1 being the first; a negative position counts from the"
            + " end.")
public class Substring {

  @Udf(description = "From the position to the end of the string.")
  public String substring(
      @UdfParameter("str") String input, @UdfParameter("pos") Integer position) {
    return input == null || position == null
        ? null
        : input.substring(start(input.length(), position));
  }

  @Udf(description = "So many characters of the string, or as many as there are.")
  public String substring(
      @UdfParameter("str") String input,
      @UdfParameter("pos") Integer position,
      @UdfParameter("length") Integer length) {
    if (input == null || position == null || length == null) {
      return null;
    }
    int start = start(input.length(), position);
    return input.substring(start, end(input.length(), start, length));
  }

  @Udf(description = "From the position to the end of the bytes.")
  public ByteBuffer substring(
      @UdfParameter("bytes") ByteBuffer input, @UdfParameter("pos") Integer position) {
    return input == null ? null : substring(input, position, input.remaining());
  }

  @Udf(description = "So many bytes, or as many as there are.")
  public ByteBuffer substring(
      @UdfParameter("bytes") ByteBuffer input,
      @UdfParameter("pos") Integer position,
      @UdfParameter("length") Integer length) {
    if (input == null || position == null || length == null) {
      return null;
    }
    byte[] bytes = ByteBuffers.toArray(input);
    int start = start(bytes.length, position);
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, end(bytes.length, start, length)));
  }

  private static int start(int size, int position) {
    return position < 0 ? Math.max(size + position, 0) : Math.max(Math.min(position - 1, size), 0);
  }

  /** The sum may overflow, and then nothing is between start and end, as in ksqlDB. */
  @SuppressWarnings("NarrowCalculation")
  private static int end(int size, int start, int length) {
    return Math.max(start, Math.min(start + length, size));
  }
}
