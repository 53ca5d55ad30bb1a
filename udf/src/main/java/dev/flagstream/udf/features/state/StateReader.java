package dev.flagstream.udf.features.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what {@link StateWriter} wrote; leaves the buffer as it was. Not thread-safe.
 *
 * <p>Bytes that end too early give an {@link IndexOutOfBoundsException}.
 */
public final class StateReader {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final byte[] bytes;
  private final int begin;
  private final int end;
  private int position;

  public StateReader(ByteBuffer state) {
    if (state.hasArray()) {
      bytes = state.array();
      begin = state.arrayOffset() + state.position();
      end = begin + state.remaining();
    } else {
      bytes = new byte[state.remaining()];
      state.duplicate().get(bytes);
      begin = 0;
      end = bytes.length;
    }
    position = begin;
  }

  public int remaining() {
    return end - position;
  }

  /** Where it reads next, counted from the beginning of the state. */
  public int position() {
    return position - begin;
  }

  /** Reads on at a place counted from the beginning of the state. */
  public void moveTo(int place) {
    if (place < 0 || place > end - begin) {
      throw new IndexOutOfBoundsException("The state has no place " + place);
    }
    position = begin + place;
  }

  /** Hands over bytes as they are, from one place up to another. */
  public void copyTo(StateWriter writer, int from, int to) {
    if (from < 0 || to < from || to > end - begin) {
      throw new IndexOutOfBoundsException("The state has no bytes " + from + " to " + to);
    }
    writer.write(bytes, begin + from, to - from);
  }

  /** The bytes up to here, in a buffer of their own. */
  public ByteBuffer whatWasRead() {
    return ByteBuffer.wrap(Arrays.copyOfRange(bytes, begin, position));
  }

  public int readByte() {
    if (position >= end) {
      throw new IndexOutOfBoundsException("The state ends too early");
    }
    return bytes[position++];
  }

  public long readVarint() {
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

  public long readSigned() {
    long value = readVarint();
    return (value >>> 1) ^ -(value & 1);
  }

  /** The number of things that follow, each of which takes at least a byte. */
  public int readSize() {
    long size = readVarint();
    if (size < 0 || size > remaining()) {
      throw new IndexOutOfBoundsException("The state holds less than it says");
    }
    return (int) size;
  }

  public int readInt() {
    int from = take(Integer.BYTES);
    return (int) INTS.get(bytes, from);
  }

  public long readLong() {
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

  public String readText() {
    int length = readSize();
    return new String(bytes, take(length), length, StandardCharsets.UTF_8);
  }

  public double readDouble() {
    return Double.longBitsToDouble(readLong());
  }
}
