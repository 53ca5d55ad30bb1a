package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** {@code TO_BYTES}. */
@UdfDescription(
    name = "to_bytes",
    category = FunctionCategory.STRING,
    description = "The bytes that a string in an encoding (hex, utf8, ascii, base64) stands for.")
public class ToBytes {

  @Udf
  public ByteBuffer toBytes(
      @UdfParameter("value") String input, @UdfParameter("encoding") String encoding) {
    return input == null || encoding == null
        ? null
        : ByteBuffer.wrap(decoded(input, Encoding.named(encoding)));
  }

  /** Hexadecimal digits alone: what ENCODE leaves out around them is none here. */
  private static byte[] decoded(String input, Encoding encoding) {
    return encoding == Encoding.HEX ? HexFormat.of().parseHex(input) : encoding.decode(input);
  }
}
