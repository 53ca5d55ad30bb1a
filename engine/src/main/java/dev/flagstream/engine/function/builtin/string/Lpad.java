package dev.flagstream.engine.function.builtin.string;

import dev.flagstream.engine.function.RowBudget;
import dev.flagstream.engine.value.ByteBuffers;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** {@code LPAD}. */
@UdfDescription(
    name = "LPad",
    category = FunctionCategory.STRING,
    description =
        "Pads at the beginning up to a length; a longer input is cut off. NULL if the length is"
            + " negative or the padding empty.")
public class Lpad {

  @Udf(description = "Pads a string.")
  public String lpad(
      @UdfParameter("input") String input,
      @UdfParameter("targetLen") Integer length,
      @UdfParameter("padding") String padding) {
    if (input == null || padding == null || padding.isEmpty() || length == null || length < 0) {
      return null;
    }
    int missing = length - input.length();
    if (missing <= 0) {
      return input.substring(0, length);
    }
    RowBudget.characters("LPAD", length);
    String filling = padding.repeat(missing / padding.length() + 1).substring(0, missing);
    return filling + input;
  }

  @Udf(description = "Pads bytes.")
  public ByteBuffer lpad(
      @UdfParameter("input") ByteBuffer input,
      @UdfParameter("targetLen") Integer length,
      @UdfParameter("padding") ByteBuffer padding) {
    if (input == null || padding == null) {
      return null;
    }
    // Latin-1 has one character per byte, both ways.
    String text = new String(ByteBuffers.toArray(input), StandardCharsets.ISO_8859_1);
    String filling = new String(ByteBuffers.toArray(padding), StandardCharsets.ISO_8859_1);
    String padded = lpad(text, length, filling);
    return padded == null ? null : ByteBuffer.wrap(padded.getBytes(StandardCharsets.ISO_8859_1));
  }
}
