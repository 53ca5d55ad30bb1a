package dev.flagstream.local.flow;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How far the SQL server has been behind its input, from counts that are taken every now and then.
 * For one thread.
 */
public final class Backlog {

  private record Sample(long atNanos, long input) {}

  /** First the latest sample whose input has all been processed, then those it has not. */
  private final Deque<Sample> samples = new ArrayDeque<>();

  private long mostTransactions;
  private long longestNanos;

  /**
   * Takes note of the counts of a moment.
   *
   * @param atNanos when they were taken, as {@link System#nanoTime}; never earlier than before
   */
  public void note(long atNanos, FlowCounts counts) {
    samples.addLast(new Sample(atNanos, counts.input()));
    dropProcessed(counts.processed());
    mostTransactions = Math.max(mostTransactions, counts.inFlight());
    if (counts.inFlight() > 0) {
      longestNanos = Math.max(longestNanos, atNanos - samples.getFirst().atNanos());
    }
  }

  private void dropProcessed(long processed) {
    Sample latest = null;
    while (!samples.isEmpty() && samples.getFirst().input() <= processed) {
      latest = samples.removeFirst();
    }
    if (latest != null) {
      samples.addFirst(latest);
    }
  }

  /** The most transactions that were waiting at one moment. */
  public long mostTransactions() {
    return mostTransactions;
  }

  /**
   * The longest that a transaction had waited: since the last count before it came, so that it is
   * too long by up to the time between two counts, never too short.
   */
  public long longestNanos() {
    return longestNanos;
  }
}
