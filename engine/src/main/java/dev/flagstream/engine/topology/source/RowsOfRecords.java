package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.topology.log.RecordPlace;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Makes rows of records that were read as bytes; what cannot be read is logged and left out. */
public final class RowsOfRecords {

  private final Deserializer<Object> keys;
  private final Deserializer<Object[]> values;
  private final Optional<TimestampExtractor> timestamps;

  private RowsOfRecords(SourceSerdes serdes) {
    this.keys = serdes.key().deserializer();
    this.values = serdes.value().deserializer();
    this.timestamps = serdes.timestamps();
  }

  /** For records whose keys are rows' keys already. */
  public static FixedKeyProcessor<Object, byte[], Object[]> withReadKeys(SourceSerdes serdes) {
    return new Values(new RowsOfRecords(serdes));
  }

  /** For records whose keys are bytes. */
  public static Processor<Object, byte[], Object, Object[]> withKeys(SourceSerdes serdes) {
    return new KeysAndValues(new RowsOfRecords(serdes));
  }

  /** The row's time; negative if it has none. */
  private long timeOf(Object key, Object[] value, RecordMetadata place, long recordTimeMs) {
    return timestamps.isEmpty()
        ? recordTimeMs
        : timestamps
            .get()
            .extract(
                new ConsumerRecord<>(place.topic(), place.partition(), place.offset(), key, value),
                recordTimeMs);
  }

  private static final class Values implements FixedKeyProcessor<Object, byte[], Object[]> {
    private final RowsOfRecords rows;
    private FixedKeyProcessorContext<Object, Object[]> context;

    Values(RowsOfRecords rows) {
      this.rows = rows;
    }

    @Override
    public void init(FixedKeyProcessorContext<Object, Object[]> context) {
      this.context = context;
    }

    @Override
    public void process(FixedKeyRecord<Object, byte[]> record) {
      RecordMetadata place = context.recordMetadata().orElseThrow();
      Object[] value;
      try {
        value = rows.values.deserialize(place.topic(), record.headers(), record.value());
      } catch (UnreadableRecordException e) {
        e.note(new RecordPlace(place.topic(), place.partition(), place.offset()));
        return;
      }
      long timeMs = rows.timeOf(record.key(), value, place, record.timestamp());
      if (timeMs >= 0) {
        context.forward(record.withValue(value).withTimestamp(timeMs));
      }
    }
  }

  private static final class KeysAndValues implements Processor<Object, byte[], Object, Object[]> {
    private final RowsOfRecords rows;
    private ProcessorContext<Object, Object[]> context;

    KeysAndValues(RowsOfRecords rows) {
      this.rows = rows;
    }

    @Override
    public void init(ProcessorContext<Object, Object[]> context) {
      this.context = context;
    }

    @Override
    public void process(Record<Object, byte[]> record) {
      RecordMetadata place = context.recordMetadata().orElseThrow();
      Headers headers = record.headers();
      Object key;
      Object[] value;
      try {
        key = rows.keys.deserialize(place.topic(), headers, (byte[]) record.key());
        value = rows.values.deserialize(place.topic(), headers, record.value());
      } catch (UnreadableRecordException e) {
        e.note(new RecordPlace(place.topic(), place.partition(), place.offset()));
        return;
      }
      long timeMs = rows.timeOf(key, value, place, record.timestamp());
      if (timeMs >= 0) {
        context.forward(new Record<>(key, value, timeMs, headers));
      }
    }
  }
}
