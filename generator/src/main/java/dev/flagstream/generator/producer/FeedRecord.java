package dev.flagstream.generator.producer;

import dev.flagstream.generator.feed.FeedStream;

/**
 * An event of a run as it is sent. Not to be changed.
 *
 * @param stream which of the three streams it belongs to
 * @param timeMs event time, milliseconds since the epoch
 * @param key see {@link RecordKey}
 * @param value JSON in UTF-8 without a line end
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copies would cost as much as making it
public record FeedRecord(FeedStream stream, long timeMs, byte[] key, byte[] value) {}
