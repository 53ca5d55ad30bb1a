package dev.flagstream.generator.feed;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The beginning of a feed: at most a given number of transactions, and what comes before the next
 * one. Not safe for use by several threads.
 */
public final class FirstPayments implements Iterator<FeedEvent> {

  private final Iterator<FeedEvent> source;
  private long remaining;
  private FeedEvent lookahead;

  public FirstPayments(Iterator<FeedEvent> source, long maxPayments) {
    this.source = source;
    this.remaining = maxPayments;
  }

  @Override
  public boolean hasNext() {
    if (lookahead == null && remaining >= 0 && source.hasNext()) {
      lookahead = source.next();
      if (lookahead instanceof Payment && --remaining < 0) {
        lookahead = null;
      }
    }
    return lookahead != null;
  }

  @Override
  public FeedEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    FeedEvent next = lookahead;
    lookahead = null;
    return next;
  }
}
