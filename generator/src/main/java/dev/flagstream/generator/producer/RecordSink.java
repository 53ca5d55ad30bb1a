package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;

/** Where the records of a run or a replay go. Used by one thread; outcomes may come on another. */
public interface RecordSink extends AutoCloseable {

  /** Learns what becomes of records: one call for each, by any thread, quick and not throwing. */
  interface Outcomes {

    void acknowledged(FeedStream stream);

    void failed(FeedStream stream, Exception cause);
  }

  /** Sets who receives the outcomes; to be called once, before anything is sent. */
  void report(Outcomes outcomes);

  /**
   * Hands one record over; returns before its outcome is known and may block while the sink has no
   * room.
   */
  void send(FeedRecord record);

  /** Waits a bounded time for the outcomes of everything handed over; the rest fails. */
  @Override
  void close();

  /**
   * Ends at once after a failure: what is not on its way already is not sent, as it would follow a
   * gap.
   */
  void abandon();
}
