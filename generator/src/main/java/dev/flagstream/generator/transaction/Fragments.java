package dev.flagstream.generator.transaction;

import java.util.function.BiConsumer;

/**
 * What was last written for objects that come again and again, such as a merchant's. Found by
 * identity, so that looking costs nothing; bounded, as later objects take the places of earlier
 * ones. For one thread.
 */
final class Fragments<T> {

  private static final int PLACES = 1 << 16;

  private final Object[] objects = new Object[PLACES];
  private final byte[][] written = new byte[PLACES][];
  private final JsonBytes scratch = new JsonBytes();
  private final BiConsumer<JsonBytes, T> writer;

  Fragments(BiConsumer<JsonBytes, T> writer) {
    this.writer = writer;
  }

  /** What the writer writes for an object, which must be immutable. */
  byte[] of(T object) {
    int hash = System.identityHashCode(object);
    int place = (hash ^ (hash >>> 16)) & (PLACES - 1);
    if (objects[place] != object) {
      scratch.clear();
      writer.accept(scratch, object);
      written[place] = scratch.toArray();
      objects[place] = object;
    }
    return written[place];
  }
}
