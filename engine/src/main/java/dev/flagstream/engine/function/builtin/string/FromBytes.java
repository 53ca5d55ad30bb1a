package dev.flagstream.engine.function.builtin.string;

import dev.flagstream.engine.value.ByteBuffers;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** {@code FROM_BYTES}. */
@UdfDescription(
    name = "from_bytes",
    category = FunctionCategory.STRING,
    description = "The string that stands for bytes in an encoding (hex, utf8, ascii, base64).")
public class FromBytes {

  @Udf(description = "Hexadecimal digits are in upper case.")
  public String fromBytes(
      @UdfParameter("value") ByteBuffer input, @UdfParameter("encoding") String encoding) {
    if (input == null || encoding == null) {
      return null;
    }
    byte[] bytes = ByteBuffers.toArray(input);
    Encoding output = Encoding.named(encoding);
    return output == Encoding.HEX
        ? HexFormat.of().withUpperCase().formatHex(bytes)
        : output.encode(bytes);
  }
}
