package dev.flagstream.generator.replay;

import java.util.Optional;

/** Where records go. Used by one thread, except for the counts. */
interface RecordSink extends AutoCloseable {

  /**
   * Hands over one record; may block while there is no room.
   *
   * @param key null for none
   * @param timeMs the record's time; null for that of its sending
   */
  void send(String topic, byte[] key, byte[] value, Long timeMs);

  /** How many records arrived. */
  long acknowledged();

  /** How many were given up. */
  long failed();

  /** Why the first one failed. */
  Optional<Exception> firstFailure();

  /** Whether it makes no sense to send more. */
  boolean isHopeless();

  /** Waits a bounded time for what was handed over; the rest fails. */
  @Override
  void close();
}
