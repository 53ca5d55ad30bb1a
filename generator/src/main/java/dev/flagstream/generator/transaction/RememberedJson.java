package dev.flagstream.generator.transaction;

import java.util.function.Function;

/**
 * The JSON of objects that many transactions share, such as merchants: it is written once and
 * copied from then on. An object is known by its identity, and its place may be taken by another at
 * any time, so that the memory is bounded. Safe for use by many threads, each of which may see an
 * older state and then writes the JSON again.
 *
 * @param <T> immutable objects
 */
final class RememberedJson<T> {

  /** A power of two, above the number of merchants that a simulation has by default. */
  private static final int PLACES = 1 << 15;

  private final Function<T, byte[]> writer;

  @SuppressWarnings("unchecked") // an array of a generic class cannot be made otherwise
  private final Entry<T>[] entries = (Entry<T>[]) new Entry<?>[PLACES];

  /** Remembers what this function writes. */
  RememberedJson(Function<T, byte[]> writer) {
    this.writer = writer;
  }

  /** The JSON of this object, which is not null; the array must not be changed. */
  byte[] of(T object) {
    int place = System.identityHashCode(object) & (PLACES - 1);
    Entry<T> entry = entries[place];
    if (entry == null || entry.object != object) {
      entry = new Entry<>(object, writer.apply(object));
      entries[place] = entry;
    }
    return entry.json;
  }

  /** Its fields are final: a thread that sees an entry sees all of it, without a lock. */
  private static final class Entry<T> {
    private final T object;
    private final byte[] json;

    private Entry(T object, byte[] json) {
      this.object = object;
      this.json = json;
    }
  }
}
