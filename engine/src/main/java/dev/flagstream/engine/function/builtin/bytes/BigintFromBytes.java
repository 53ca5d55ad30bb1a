package dev.flagstream.engine.function.builtin.bytes;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;

/** {@code BIGINT_FROM_BYTES}. */
@UdfDescription(
    name = "bigint_from_bytes",
    category = FunctionCategory.CONVERSIONS,
    description = "The number that 8 bytes stand for.")
public class BigintFromBytes {

  @Udf(description = "The most significant byte comes first.")
  public Long bigintFromBytes(@UdfParameter("value") ByteBuffer bytes) {
    return bigintFromBytes(bytes, "BIG_ENDIAN");
  }

  @Udf(description = "The byte order is BIG_ENDIAN or LITTLE_ENDIAN.")
  public Long bigintFromBytes(
      @UdfParameter("value") ByteBuffer bytes, @UdfParameter("byteOrder") String byteOrder) {
    return bytes == null || byteOrder == null
        ? null
        : NumberBytes.of(bytes, Long.BYTES, byteOrder).getLong();
  }
}
