package dev.flagstream.engine.format;

import java.nio.ByteBuffer;

/** The contents of byte buffers. */
final class Buffers {

  private Buffers() {}

  /** A copy of what remains in the buffer, which stays as it is. */
  static byte[] toArray(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
