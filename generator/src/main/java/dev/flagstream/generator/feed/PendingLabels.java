package dev.flagstream.generator.feed;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Labels whose time has not come. Bounded; for one thread. */
public final class PendingLabels {

  private record Entry(FraudLabel label, long order) {}

  private final PriorityQueue<Entry> byTime =
      new PriorityQueue<>(
          Comparator.comparingLong((Entry entry) -> entry.label().reportedAtMs())
              // Of the same millisecond, the one whose transaction came first.
              .thenComparingLong(Entry::order));
  private final int max;
  private long added;

  public PendingLabels(int max) {
    this.max = max;
  }

  /**
   * Takes a label in.
   *
   * @throws TooManyPendingLabelsException if there are as many as may be
   */
  public void add(FraudLabel label) {
    if (byTime.size() == max) {
      throw new TooManyPendingLabelsException(max);
    }
    byTime.add(new Entry(label, added++));
  }

  /**
   * When the next one is due, in milliseconds since the epoch; the end of time if there is none.
   */
  public long nextTimeMs() {
    Entry first = byTime.peek();
    return first == null ? Long.MAX_VALUE : first.label().reportedAtMs();
  }

  /** Takes the next one out; there must be one. */
  public FraudLabel next() {
    return byTime.remove().label();
  }

  public int size() {
    return byTime.size();
  }
}
