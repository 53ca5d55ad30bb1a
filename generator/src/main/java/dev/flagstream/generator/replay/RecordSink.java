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

  /** Why a record would not be taken, as said of a row; empty if nothing speaks against it. */
  default Optional<String> refusal(String topic, byte[] key, byte[] value, Long timeMs) {
    return Optional.empty();
  }

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
