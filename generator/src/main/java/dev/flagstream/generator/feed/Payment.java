package dev.flagstream.generator.feed;

import dev.flagstream.generator.transaction.Transaction;

/** A transaction, without anything of the truth about it. */
public record Payment(Transaction transaction) implements FeedEvent {

  @Override
  public String transactionId() {
    return transaction.transactionId();
  }

  @Override
  public long timeMs() {
    return transaction.timestampMs();
  }
}
