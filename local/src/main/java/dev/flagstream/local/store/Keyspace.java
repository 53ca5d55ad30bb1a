package dev.flagstream.local.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A part of the files in which all keys begin with the same bytes: a collection's documents, the
 * entries of one index, or what the store knows of itself. Immutable.
 */
final class Keyspace {

  private static final byte FACTS = 0;
  private static final byte DOCUMENTS = 1;
  private static final byte INDEX = 2;

  private final byte[] prefix;

  /** All keys that begin with these bytes, which are not copied. */
  Keyspace(byte[] prefix) {
    this.prefix = prefix;
  }

  /** The bytes with which all its keys begin, and the first key itself. */
  byte[] prefix() {
    return prefix;
  }

  /** What the store knows of itself: which collections and indexes there are. */
  static Keyspace facts() {
    return new Keyspace(new byte[] {FACTS});
  }

  /** The documents of the collection with this number. */
  static Keyspace documents(int collection) {
    return numbered(DOCUMENTS, collection);
  }

  /** The entries of the index with this number. */
  static Keyspace index(int index) {
    return numbered(INDEX, index);
  }

  private static Keyspace numbered(byte kind, int number) {
    return new Keyspace(ByteBuffer.allocate(1 + Integer.BYTES).put(kind).putInt(number).array());
  }

  /** The key of these bytes in this part. */
  byte[] key(byte[] rest) {
    byte[] key = Arrays.copyOf(prefix, prefix.length + rest.length);
    System.arraycopy(rest, 0, key, prefix.length, rest.length);
    return key;
  }

  /** The key of this text in this part. */
  byte[] key(String rest) {
    return key(rest.getBytes(StandardCharsets.UTF_8));
  }

  /** What {@link #key(byte[])} was given. */
  byte[] rest(byte[] key) {
    return Arrays.copyOfRange(key, prefix.length, key.length);
  }

  /** The first key beyond this part. */
  byte[] end() {
    return after(prefix);
  }

  /** The first key beyond all that begin with these bytes. */
  static byte[] after(byte[] prefix) {
    for (int last = prefix.length - 1; last >= 0; last--) {
      if (prefix[last] != (byte) 0xFF) {
        byte[] after = Arrays.copyOf(prefix, last + 1);
        after[last]++;
        return after;
      }
    }
    throw new IllegalArgumentException("No key is beyond " + prefix.length + " bytes of 0xFF");
  }
}
