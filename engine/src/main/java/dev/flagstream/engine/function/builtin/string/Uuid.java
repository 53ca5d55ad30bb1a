package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import java.util.UUID;

/** {@code UUID}; without an argument, another value at each call. */
@UdfDescription(
    name = "UUID",
    category = FunctionCategory.STRING,
    description =
        "A universally unique identifier (RFC 4122), a random one (version 4) or one made of bytes.")
public class Uuid {

  private static final int BYTES = 16;

  @Udf(description = "A random one.")
  public String uuid() {
    return UUID.randomUUID().toString();
  }

  @Udf(description = "The identifier that 16 bytes stand for; NULL if they are not 16.")
  public String uuid(@UdfParameter("bytes") ByteBuffer bytes) {
    if (bytes == null || bytes.remaining() != BYTES) {
      return null;
    }
    ByteBuffer read = bytes.duplicate();
    return new UUID(read.getLong(), read.getLong()).toString();
  }
}
