package dev.flagstream.udf.features.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes what the SQL passes on unread, as the state of a key: bytes that only {@link StateReader}
 * reads. Not thread-safe.
 */
public final class StateWriter {

  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes;
  private int size;

  public StateWriter(int expectedBytes) {
    bytes = new byte[Math.max(16, expectedBytes)];
  }

  public void writeByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  /** Seven bits a byte, the lowest first; small numbers take little room. */
  public void writeVarint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** For numbers that may be negative: small ones of either sign take little room. */
  public void writeSigned(long value) {
    writeVarint((value << 1) ^ (value >> 63));
  }

  public void writeInt(int value) {
    ensure(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  public void writeLong(long value) {
    ensure(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
  }

  public void writeDouble(double value) {
    writeLong(Double.doubleToRawLongBits(value));
  }

  /** Its length in bytes of UTF-8, and these. */
  public void writeText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    writeVarint(utf8.length);
    ensure(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
  }

  /** Bytes as they are. */
  public void write(byte[] others, int from, int count) {
    ensure(count);
    System.arraycopy(others, from, bytes, size, count);
    size += count;
  }

  /** What another writer wrote. */
  public void write(StateWriter other) {
    write(other.bytes, 0, other.size);
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  private void ensure(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  /** What was written, in a buffer of its own. */
  public ByteBuffer toBuffer() {
    return ByteBuffer.wrap(Arrays.copyOf(bytes, size));
  }
}
