package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code ENCODE}. */
@UdfDescription(
    name = "encode",
    category = FunctionCategory.STRING,
    description =
        "A string in one encoding (hex, utf8, ascii, base64) written in another; NULL if both are"
            + " the same.")
public class Encode {

  @Udf
  public String encode(
      @UdfParameter("str") String input,
      @UdfParameter("inputEncoding") String inputEncoding,
      @UdfParameter("outputEncoding") String outputEncoding) {
    if (input == null || inputEncoding == null || outputEncoding == null) {
      return null;
    }
    if (inputEncoding.equalsIgnoreCase(outputEncoding)) {
      throw new IllegalArgumentException("ENCODE needs two encodings, not twice " + inputEncoding);
    }
    byte[] bytes = Encoding.named(inputEncoding).decode(input);
    return Encoding.named(outputEncoding).encode(bytes);
  }
}
