package dev.flagstream.local.store;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The names of fields, which are the same in every document of a collection: each is made once and
 * found again by its bytes, with its hash. At most {@value #PLACES} of {@value #LONGEST} bytes are
 * kept; a new name replaces the one that has its place. Thread-safe: a name is immutable, and one
 * that a thread does not see yet is made again.
 */
final class FieldNames {

  private static final int PLACES = 4096;
  private static final int LONGEST = 64;
  private static final int MULTIPLIER = 31;

  private static final Name[] KNOWN = new Name[PLACES];

  private static final class Name {

    private final byte[] bytes;
    private final String text;

    private Name(byte[] bytes, String text) {
      this.bytes = bytes;
      this.text = text;
    }

    private boolean is(byte[] others, int from, int end) {
      return Arrays.equals(bytes, 0, bytes.length, others, from, end);
    }
  }

  private FieldNames() {}

  /** The name in the bytes from one place up to, but without, another, which are UTF-8. */
  static String of(byte[] bytes, int from, int end) {
    if (end - from > LONGEST) {
      return text(bytes, from, end);
    }
    int hash = 0;
    for (int i = from; i < end; i++) {
      hash = MULTIPLIER * hash + bytes[i];
    }
    int place = (hash ^ hash >>> 12) & PLACES - 1;
    Name known = KNOWN[place];
    if (known == null || !known.is(bytes, from, end)) {
      known = new Name(Arrays.copyOfRange(bytes, from, end), text(bytes, from, end));
      KNOWN[place] = known;
    }
    return known.text;
  }

  private static String text(byte[] bytes, int from, int end) {
    return new String(bytes, from, end - from, StandardCharsets.UTF_8);
  }
}
