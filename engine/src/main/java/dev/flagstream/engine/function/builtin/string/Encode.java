package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Base64;

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
    Encoding from = Encoding.named(inputEncoding);
    byte[] bytes = from == Encoding.BASE64 ? lenientBase64(input) : from.decode(input);
    return Encoding.named(outputEncoding).encode(bytes);
  }

  /** As in ksqlDB, what is no character of base64 is left out, and so is a last one without use. */
  private static byte[] lenientBase64(String text) {
    int padding = text.indexOf('=');
    String digits =
        (padding < 0 ? text : text.substring(0, padding))
            .replace('-', '+')
            .replace('_', '/')
            .replaceAll("[^A-Za-z0-9+/]", "");
    return Base64.getDecoder()
        .decode(digits.length() % 4 == 1 ? digits.substring(0, digits.length() - 1) : digits);
  }
}
