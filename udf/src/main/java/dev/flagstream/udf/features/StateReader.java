package dev.flagstream.udf.features;

import java.nio.ByteBuffer;

/**
 * Reads what {@link StateWriter} wrote; leaves the buffer as it was. Not thread-safe.
 *
 * <p>Bytes that end too early give an {@link IndexOutOfBoundsException}.
 */
final class StateReader {

  private final byte[] bytes;
  private final int end;
  private int position;

  StateReader(ByteBuffer state) {
    if (state.hasArray()) {
      bytes = state.array();
      position = state.arrayOffset() + state.position();
      end = position + state.remaining();
    } else {
      bytes = new byte[state.remaining()];
      state.duplicate().get(bytes);
      end = bytes.length;
    }
  }

  int remaining() {
    return end - position;
  }

  int readByte() {
    if (position >= end) {
      throw new IndexOutOfBoundsException("The state ends too early");
    }
    return bytes[position++];
  }

  long readVarint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = readByte();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }

  long readSigned() {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The number of things that follow, each of which takes at least a byte. */
  int readSize() {
    long size = readVarint();
    if (size < 0 || size > remaining()) {
      throw new IndexOutOfBoundsException("The state holds less than it says");
    }
    return (int) size;
  }

  int readInt() {
    int value = 0;
    for (int i = 0; i < Integer.BYTES; i++) {
      value = (value << 8) | (readByte() & 0xFF);
    }
    return value;
  }

  long readLong() {
    return ((long) readInt() << 32) | (readInt() & 0xFFFF_FFFFL);
  }

  double readDouble() {
    return Double.longBitsToDouble(readLong());
  }
}
