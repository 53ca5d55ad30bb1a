package dev.flagstream.generator.simulation;

import dev.flagstream.generator.transaction.Transaction;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The beginning of a sequence of transactions: at most so many, and none at or after an instant of
 * event time. Not safe for use by several threads.
 */
public final class TransactionsUntil implements Iterator<Transaction> {

  /** For {@code maxCount} and {@code endTimeMs}: no such limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private final Iterator<Transaction> source;
  private final long endTimeMs;
  private long remaining;
  private Transaction lookahead;

  /**
   * Limits a sequence.
   *
   * @param source in event-time order
   * @param maxCount how many at most
   * @param endTimeMs the first event time that no longer belongs, milliseconds since the epoch
   */
  public TransactionsUntil(Iterator<Transaction> source, long maxCount, long endTimeMs) {
    this.source = source;
    this.remaining = maxCount;
    this.endTimeMs = endTimeMs;
  }

  @Override
  public boolean hasNext() {
    if (lookahead == null && remaining > 0 && source.hasNext()) {
      lookahead = source.next();
      if (lookahead.timestampMs() >= endTimeMs) {
        remaining = 0;
      }
    }
    return remaining > 0 && lookahead != null;
  }

  @Override
  public Transaction next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Transaction next = lookahead;
    lookahead = null;
    remaining--;
    return next;
  }
}
