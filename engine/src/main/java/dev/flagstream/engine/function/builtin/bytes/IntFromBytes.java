package dev.flagstream.engine.function.builtin.bytes;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;

/** {@code INT_FROM_BYTES}. */
@UdfDescription(
    name = "int_from_bytes",
    category = FunctionCategory.CONVERSIONS,
    description = "The number that 4 bytes stand for.")
public class IntFromBytes {

  @Udf(description = "The most significant byte comes first.")
  public Integer intFromBytes(@UdfParameter("value") ByteBuffer bytes) {
    return intFromBytes(bytes, "BIG_ENDIAN");
  }

  @Udf(description = "The byte order is BIG_ENDIAN or LITTLE_ENDIAN.")
  public Integer intFromBytes(
      @UdfParameter("value") ByteBuffer bytes, @UdfParameter("byteOrder") String byteOrder) {
    return bytes == null || byteOrder == null
        ? null
        : NumberBytes.of(bytes, Integer.BYTES, byteOrder).getInt();
  }
}
