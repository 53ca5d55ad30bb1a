package dev.flagstream.generator.producer;

import dev.flagstream.generator.transaction.Transaction;

/** Where transactions go. Used by one thread; outcomes may arrive on another. */
public interface TransactionSink extends AutoCloseable {

  /** Learns what became of one transaction. Exactly one method is called, exactly once. */
  interface Outcome {

    void acknowledged();

    void failed(Exception cause);
  }

  /**
   * Hands one transaction over; returns before its outcome is known and may block while the sink
   * has no room.
   */
  void send(Transaction transaction, Outcome outcome);

  /** Waits a bounded time for the outcomes of everything handed over; the rest fails. */
  @Override
  void close();
}
