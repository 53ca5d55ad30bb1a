package dev.flagstream.local.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What {@code PACK_TRANSACTION} begins with: a version, whether there is an id, its length in bytes
 * of UTF-8 (seven bits a byte, the lowest first), and these. The test of the function holds the
 * same bytes.
 */
final class PackedTransaction {

  private static final int VERSION = 1;
  private static final int BITS = 7;
  private static final int LONGEST_LENGTH_BITS = 28;

  private PackedTransaction() {}

  /**
   * The id of the transaction in a column; empty if it holds none, or something else.
   *
   * @param column BYTES as JSON has them, in Base64. The work is in proportion to its length
   */
  static Optional<String> id(JsonNode column) {
    if (!column.isTextual()) {
      return Optional.empty();
    }
    try {
      ByteBuffer packed = ByteBuffer.wrap(column.binaryValue());
      if (packed.get() != VERSION || packed.get() == 0) {
        return Optional.empty();
      }
      int length = length(packed);
      if (length > packed.remaining()) {
        return Optional.empty();
      }
      return Optional.of(new String(packed.array(), packed.position(), length, UTF_8));
    } catch (IOException | BufferUnderflowException e) {
      return Optional.empty(); // not Base64, or too short
    }
  }

  private static int length(ByteBuffer packed) {
    int length = 0;
    for (int shift = 0; shift < LONGEST_LENGTH_BITS; shift += BITS) {
      byte each = packed.get();
      length |= (each & 0x7F) << shift;
      if (each >= 0) {
        return length;
      }
    }
    return Integer.MAX_VALUE;
  }
}
