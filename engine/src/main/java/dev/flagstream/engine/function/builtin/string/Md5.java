package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** {@code MD5}. */
@UdfDescription(
    name = "md5",
    category = FunctionCategory.STRING,
    description =
        "The MD5 digest of a string in UTF-8, as hexadecimal digits. It is no protection for"
            + " secrets.")
public class Md5 {

  @Udf
  public String md5(@UdfParameter("s") String input) {
    if (input == null) {
      return null;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      return HexFormat.of().formatHex(digest.digest(input.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has MD5", e);
    }
  }
}
