package dev.flagstream.local.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A number of transactions, windows or documents, and the ids of the first few.
 *
 * @param count how many there are
 * @param first the ids of at most {@value #SHOWN} of them
 */
public record Ids(long count, List<String> first) {

  /** How many are named. */
  public static final int SHOWN = 10;

  /** None at all. */
  public static final Ids NONE = new Ids(0, List.of());

  public Ids {
    first = List.copyOf(first);
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return count == 0;
  }

  /** The first of them in one line, and a mark if there are more. */
  String text() {
    return String.join(", ", first) + (count > first.size() ? ", …" : "");
  }

  /** These and others. */
  Ids and(Ids others) {
    return new Ids(
        count + others.count,
        Stream.concat(first.stream(), others.first.stream()).limit(SHOWN).toList());
  }

  /** Counts ids, however many, and keeps the first few. For one thread. */
  static final class Counter {

    private final List<String> first = new ArrayList<>();
    private long count;

    void add(String id) {
      count++;
      if (first.size() < SHOWN) {
        first.add(id);
      }
    }

    Ids ids() {
      return new Ids(count, first);
    }
  }
}
