package dev.flagstream.local.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Entries of an index in its order, those together whose order it does not know: numbers that are
 * the same double. Not thread-safe.
 */
final class TiedEntries implements Iterator<List<Scan.Entry>> {

  /**
   * Where a value stands in an entry's key.
   *
   * @param prefixBytes how many bytes stand before the first value
   * @param valuesBefore how many values stand before it
   */
  record Place(int prefixBytes, int valuesBefore) {

    /** Where the value begins. */
    int in(byte[] key) {
      int at = prefixBytes;
      for (int value = 0; value < valuesBefore; value++) {
        at += SortableBytes.lengthOfFirst(key, at);
      }
      return at;
    }
  }

  private final Iterator<Scan.Entry> entries;
  private final Place place;
  private Scan.Entry following;

  TiedEntries(Iterator<Scan.Entry> entries, Place place) {
    this.entries = entries;
    this.place = place;
    advance();
  }

  private void advance() {
    following = entries.hasNext() ? entries.next() : null;
  }

  @Override
  public boolean hasNext() {
    return following != null;
  }

  @Override
  public List<Scan.Entry> next() {
    if (following == null) {
      throw new NoSuchElementException();
    }
    Scan.Entry first = following;
    advance();
    if (following == null || !tie(first, following)) {
      return List.of(first);
    }
    List<Scan.Entry> tied = new ArrayList<>();
    tied.add(first);
    while (following != null && tie(first, following)) {
      tied.add(following);
      advance();
    }
    return tied;
  }

  private boolean tie(Scan.Entry one, Scan.Entry other) {
    int at = place.in(one.key());
    int end = at + 1 + Long.BYTES;
    return (one.key()[at] & 0xFF) == SortableBytes.NUMBER
        && other.key().length >= end
        && Arrays.equals(one.key(), 0, end, other.key(), 0, end);
  }
}
