package dev.flagstream.engine.function.builtin.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** Bytes that stand for a number. */
final class NumberBytes {

  private NumberBytes() {}

  /**
   * The bytes, ready to be read in an order.
   *
   * @throws IllegalArgumentException if there are more or less than needed, or the order is unknown
   */
  static ByteBuffer of(ByteBuffer bytes, int size, String byteOrder) {
    if (bytes.remaining() != size) {
      throw new IllegalArgumentException(
          "The number needs " + size + " bytes, found " + bytes.remaining());
    }
    return bytes.duplicate().order(order(byteOrder));
  }

  private static ByteOrder order(String name) {
    return switch (name.toUpperCase(Locale.ROOT)) {
      case "BIG_ENDIAN" -> ByteOrder.BIG_ENDIAN;
      case "LITTLE_ENDIAN" -> ByteOrder.LITTLE_ENDIAN;
      default ->
          throw new IllegalArgumentException(
              "The byte order can be BIG_ENDIAN or LITTLE_ENDIAN, not '" + name + "'");
    };
  }
}
