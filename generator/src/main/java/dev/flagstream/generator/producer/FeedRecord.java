package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;

/**
 * An event of a run, or a row of a replay, as it is sent. Not to be changed.
 *
 * @param stream which of the three streams it belongs to; the rows of a replay take the place of
 *     the transactions
 * @param timeMs event time, milliseconds since the epoch; {@link #NO_TIME} for that of its sending
 * @param key see {@link RecordKey}; null for none
 * @param value JSON in UTF-8 without a line end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copies would cost as much as making it
public record FeedRecord(FeedStream stream, long timeMs, byte[] key, byte[] value) {

  /** Stands for the time of sending. */
  public static final long NO_TIME = Long.MIN_VALUE;
}
