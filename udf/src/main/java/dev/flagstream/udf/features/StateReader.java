package dev.flagstream.udf.features;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads what {@link StateWriter} wrote; leaves the buffer as it was. Not thread-safe.
 *
 * <p>Bytes that end too early give an {@link IndexOutOfBoundsException}.
 */
final class StateReader {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

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
    int from = take(Integer.BYTES);
    return (int) INTS.get(bytes, from);
  }

  long readLong() {
    int from = take(Long.BYTES);
    return (long) LONGS.get(bytes, from);
  }

  private int take(int count) {
    if (end - position < count) {
      throw new IndexOutOfBoundsException("The state ends too early");
    }
    int from = position;
    position += count;
    return from;
  }

  double readDouble() {
    return Double.longBitsToDouble(readLong());
  }
}
