package dev.flagstream.engine.topology.row;

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
}
