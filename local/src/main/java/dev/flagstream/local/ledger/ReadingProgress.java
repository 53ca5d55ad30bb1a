package dev.flagstream.local.ledger;

import java.util.function.Consumer;

/** Receives how far a pass over a topic or a collection has got. */
@FunctionalInterface
public interface ReadingProgress {

  /** Ignores everything. */
  ReadingProgress UNSEEN = (what, count) -> {};

  /** How many records or documents pass between two reports. */
  int STEP = 1_000;

  /**
   * Takes note of how many have been read.
   *
   * @param what is being read, such as "input"
   */
  void read(String what, long count);

  /** A consumer that hands each item on and reports after every {@value #STEP}. */
  default <T> Consumer<T> counting(String what, Consumer<T> each) {
    long[] count = new long[1];
    return item -> {
      each.accept(item);
      if (++count[0] % STEP == 0) {
        read(what, count[0]);
      }
    };
  }
}
