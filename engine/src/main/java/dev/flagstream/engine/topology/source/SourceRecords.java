package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.log.RecordPlace;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.RowInProgress;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.RowStages.PseudoSlot;
import dev.flagstream.engine.type.RowSchema;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads the rows of a source out of records, as a query over it would. Thread-safe. */
public final class SourceRecords {

  private final Deserializer<Object> keys;
  private final Deserializer<Object[]> values;
  private final Optional<TimestampExtractor> timestamps;
  private final List<PseudoSlot> pseudoSlots;

  private SourceRecords(
      Deserializer<Object> keys,
      Deserializer<Object[]> values,
      Optional<TimestampExtractor> timestamps,
      List<PseudoSlot> pseudoSlots) {
    this.keys = keys;
    this.values = values;
    this.timestamps = timestamps;
    this.pseudoSlots = pseudoSlots;
  }

  /** A row; {@code value} is null where the record has no value. */
  @SuppressWarnings("ArrayRecordComponent") // Rows are arrays everywhere; these are never compared.
  public record SourceRow(Object[] key, Object[] value, long timestampMs) {}

  /**
   * A reader of some columns of a source.
   *
   * @param columns names of value columns and of pseudo columns, in the order the rows have them
   * @param queryId names the query in the processing log
   */
  public static SourceRecords of(
      Source source, List<String> columns, RowSchema schema, ProcessingLog log, String queryId) {
    PlanStep.Read step = new PlanStep.Read(source, columns, schema, false);
    SourceSerdes serdes = new SourceSerdes(step, log, "processing." + queryId + ".KsqlTopic");
    return new SourceRecords(
        serdes.key().deserializer(),
        serdes.value().deserializer(),
        serdes.timestamps(),
        serdes.layout().pseudoSlots());
  }

  /** The record's row; empty if it has none that could be read, which is in the log then. */
  public Optional<SourceRow> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      Object key = keys.deserialize(record.topic(), record.headers(), record.key());
      Object[] value = values.deserialize(record.topic(), record.headers(), record.value());
      long timestampMs = timestampOf(record, key, value);
      if (timestampMs < 0) {
        return Optional.empty();
      }
      fill(key, value, timestampMs, record);
      return Optional.of(new SourceRow(KeyKind.columns(key), value, timestampMs));
    } catch (UnreadableRecordException e) {
      e.note(new RecordPlace(record.topic(), record.partition(), record.offset()));
      return Optional.empty();
    }
  }

  private long timestampOf(ConsumerRecord<byte[], byte[]> record, Object key, Object[] value) {
    return timestamps
        .map(
            extractor ->
                extractor.extract(
                    new ConsumerRecord<>(
                        record.topic(), record.partition(), record.offset(), key, value),
                    record.timestamp()))
        .orElseGet(record::timestamp);
  }

  private void fill(
      Object key, Object[] value, long timestampMs, ConsumerRecord<byte[], byte[]> record) {
    if (value == null) {
      return;
    }
    RowInProgress row = new RowInProgress();
    row.key = key;
    row.value = value;
    row.timestampMs = timestampMs;
    row.metadata = new Place(record.topic(), record.partition(), record.offset());
    RowStages.fill(pseudoSlots, row);
  }

  private record Place(String topic, int partition, long offset) implements RecordMetadata {}
}
