package dev.flagstream.local.ledger;

import java.util.function.BiConsumer;
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
    Counting counting = new Counting(this, what);
    return item -> {
      each.accept(item);
      counting.next();
    };
  }

  /** As {@link #counting(String, Consumer)}, of items with what was found in them. */
  default <T, U> BiConsumer<T, U> counting(String what, BiConsumer<T, U> each) {
    Counting counting = new Counting(this, what);
    return (item, found) -> {
      each.accept(item, found);
      counting.next();
    };
  }

  /** Counts the items of one pass. For one thread. */
  final class Counting {
    private final ReadingProgress progress;
    private final String what;
    private long count;

    private Counting(ReadingProgress progress, String what) {
      this.progress = progress;
      this.what = what;
    }

    private void next() {
      count++;
      if (count % STEP == 0) {
        progress.read(what, count);
      }
    }
  }
}
