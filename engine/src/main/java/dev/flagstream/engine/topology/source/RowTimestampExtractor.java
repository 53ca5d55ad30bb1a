package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.log.RecordPlace;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.RowText;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/** Takes the event time of a record from one of its columns; records without it are skipped. */
final class RowTimestampExtractor implements TimestampExtractor {

  /** Kafka Streams skips a record whose time is negative. */
  private static final long SKIP = -1;

  private final TimestampReader eventTime;
  private final UnaryOperator<Object[]> wholeValues;
  private final ProcessingLog log;
  private final String logger;

  /**
   * An extractor.
   *
   * @param wholeValues makes of a row's value, which holds only what is used, all its columns
   */
  RowTimestampExtractor(
      TimestampReader eventTime,
      UnaryOperator<Object[]> wholeValues,
      ProcessingLog log,
      String logger) {
    this.eventTime = eventTime;
    this.wholeValues = wholeValues;
    this.log = log;
    this.logger = logger;
  }

  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTimeMs) {
    Object[] key = KeyKind.columns(record.key());
    Object[] value = (Object[]) record.value();
    try {
      return eventTime.of(key, value);
    } catch (IllegalArgumentException e) {
      new RecordPlace(record.topic(), record.partition(), record.offset())
          .during(
              () ->
                  log.failed(
                      logger,
                      "Failed to extract timestamp from row",
                      Optional.of(e),
                      () -> RowText.of(key, value == null ? null : wholeValues.apply(value))));
      return SKIP;
    }
  }
}
