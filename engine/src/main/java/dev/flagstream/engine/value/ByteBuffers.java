package dev.flagstream.engine.value;

import java.nio.ByteBuffer;

/** Reads byte buffers without moving their position: other columns may show the same one. */
public final class ByteBuffers {

  private ByteBuffers() {}

  /** A copy of the bytes between position and limit. */
  public static byte[] toArray(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
