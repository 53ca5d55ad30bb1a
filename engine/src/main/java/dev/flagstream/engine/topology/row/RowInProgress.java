package dev.flagstream.engine.topology.row;

import dev.flagstream.engine.topology.log.RecordPlace;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * The row that passes through the stages of one processor: one instance per stream task, filled
 * anew for each record, so that a stage costs no allocation of its own.
 */
public final class RowInProgress {

  /** The key as Kafka Streams has it. */
  public Object key;

  /** The key's columns; null where the record has no key. */
  public Object[] keyColumns;

  /** The value's columns; null where the record has no value. */
  public Object[] value;

  public long timestampMs;

  /** Where the record was read; null for rows that come out of a join or a window's end. */
  public RecordMetadata metadata;

  /** Takes up the next record, and says to the processing log where it was read. */
  void begin(
      Object recordKey,
      Object[] recordValue,
      long recordTimestampMs,
      Optional<RecordMetadata> readAt) {
    key = recordKey;
    keyColumns = KeyKind.columns(recordKey);
    value = recordValue;
    timestampMs = recordTimestampMs;
    metadata = readAt.orElse(null);
    RecordPlace.enter(metadata);
  }
}
