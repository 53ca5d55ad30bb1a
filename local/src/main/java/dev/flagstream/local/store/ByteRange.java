package dev.flagstream.local.store;

import java.util.Arrays;

/** A range of {@linkplain SortableBytes sortable bytes}. Immutable. */
final class ByteRange {

  /** All sortable bytes; none begins with 0xFF. */
  static final ByteRange EVERYTHING = new ByteRange(new byte[0], new byte[] {(byte) 0xFF});

  private final byte[] from;
  private final byte[] to;

  /**
   * A range.
   *
   * @param from the first that is in it; not copied
   * @param to the first beyond it; not copied
   */
  ByteRange(byte[] from, byte[] to) {
    this.from = from;
    this.to = to;
  }

  byte[] from() {
    return from;
  }

  byte[] to() {
    return to;
  }

  /** All bytes that begin with these. */
  static ByteRange startingWith(byte[] prefix) {
    return new ByteRange(prefix, Keyspace.after(prefix));
  }

  /** What is in both. */
  ByteRange and(ByteRange other) {
    return new ByteRange(
        Arrays.compareUnsigned(from, other.from) >= 0 ? from : other.from,
        Arrays.compareUnsigned(to, other.to) <= 0 ? to : other.to);
  }

  /** The same behind a prefix. */
  ByteRange behind(byte[] prefix) {
    Keyspace space = new Keyspace(prefix);
    return new ByteRange(space.key(from), space.key(to));
  }

  /** Whether nothing is in it. */
  boolean isEmpty() {
    return Arrays.compareUnsigned(from, to) >= 0;
  }
}
