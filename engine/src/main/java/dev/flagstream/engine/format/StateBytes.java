package dev.flagstream.engine.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing buffer of big-endian numbers and length-prefixed bytes, reused by one thread. */
final class StateBytes {

  private static final int INITIAL_CAPACITY = 256;
  private static final int MAX_KEPT_CAPACITY = 1 << 20;
  private static final ThreadLocal<StateBytes> CURRENT = ThreadLocal.withInitial(StateBytes::new);

  private byte[] buffer = new byte[INITIAL_CAPACITY];
  private int size;

  private StateBytes() {}

  /** This thread's buffer, emptied. */
  static StateBytes begin() {
    StateBytes bytes = CURRENT.get();
    bytes.size = 0;
    return bytes;
  }

  /** A copy of what was written. */
  byte[] toByteArray() {
    byte[] result = Arrays.copyOf(buffer, size);
    if (buffer.length > MAX_KEPT_CAPACITY) {
      buffer = new byte[INITIAL_CAPACITY];
    }
    return result;
  }

  void writeByte(int value) {
    reserve(1);
    buffer[size++] = (byte) value;
  }

  void writeInt(int value) {
    reserve(Integer.BYTES);
    for (int shift = Integer.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  void writeLong(long value) {
    reserve(Long.BYTES);
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      buffer[size++] = (byte) (value >>> shift);
    }
  }

  void writeBytes(byte[] bytes) {
    writeInt(bytes.length);
    reserve(bytes.length);
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  void writeText(String text) {
    writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void reserve(int count) {
    if (size + count > buffer.length) {
      if (size + count > StateCodec.MOST_BYTES) {
        buffer = new byte[INITIAL_CAPACITY];
        throw new IllegalArgumentException(
            "What a query keeps of one group or row has "
                + StateCodec.MOST_BYTES
                + " bytes at most; keep less of it, as by a limit, a window or fewer columns");
      }
      int doubled = Math.min(buffer.length * 2, StateCodec.MOST_BYTES);
      buffer = Arrays.copyOf(buffer, Math.max(doubled, size + count));
    }
  }
}
