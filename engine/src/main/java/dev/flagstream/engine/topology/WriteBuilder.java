package dev.flagstream.engine.topology;

import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowSerde;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.RowText;
import dev.flagstream.engine.topology.row.Rows;
import dev.flagstream.engine.topology.source.TimestampReader;
import dev.flagstream.engine.type.RowSchema;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;

/** Builds the writing to a sink's topic. */
final class WriteBuilder {

  private static final Deserializer<Object[]> NEVER_READ =
      (topic, bytes) -> {
        throw new IllegalStateException("A sink is never read by its query: " + topic);
      };

  private final BuildContext context;

  WriteBuilder(BuildContext context) {
    this.context = context;
  }

  Rows build(PlanStep.Write step, Rows input) {
    Source sink = step.sink();
    RowSchema schema = sink.schema();
    KStream<Object, Object[]> rows =
        QueryTopologyBuilder.stream(withTimestamp(step, input), context);
    Serde<Object> keySerde =
        schema.key().isEmpty()
            ? Serdes.serdeFrom((topic, key) -> null, (topic, bytes) -> null)
            : input.keys().serde(sink.keyFormat(), schema.key());
    Serde<Object[]> valueSerde =
        Serdes.serdeFrom(
            RowSerde.serializerOf(RowFormats.valueWriter(sink.valueFormat(), schema.value())),
            NEVER_READ);
    if (input.keys().isWindowed()) {
      rows = rows.filter((key, value) -> hasWindow(key, value, sink.topic()));
    }
    rows.to(sink.topic(), Produced.with(keySerde, valueSerde).withName("Sink-" + sink.topic()));
    return input;
  }

  /** Kafka Streams finds the partition of such a row by what is inside its key. */
  private boolean hasWindow(Object key, Object[] value, String topic) {
    if (key != null) {
      return true;
    }
    context
        .log()
        .unserializable(
            context.logger("Sink"),
            topic,
            ProcessingLog.RecordPart.KEY,
            new SerializationException("A row without a key is in no window."),
            () -> RowText.of(null, value));
    return false;
  }

  private Rows withTimestamp(PlanStep.Write step, Rows input) {
    Optional<Source.TimestampColumn> timestamp = step.sink().timestamp();
    if (timestamp.isEmpty()) {
      return input;
    }
    RowSchema schema = step.sink().schema();
    TimestampReader eventTime =
        TimestampReader.of(timestamp.get(), schema, valueIndex(schema, timestamp.get().column()));
    Rows.Events events =
        input instanceof Rows.Events already
            ? already
            : Rows.Events.of(
                QueryTopologyBuilder.stream(input, context), input.schema(), input.keys());
    String logger = context.logger("Sink");
    return events.with(
        RowStages.timestamp((key, value) -> find(eventTime, key, value, logger)), input.schema());
  }

  private static int valueIndex(RowSchema schema, String column) {
    return schema.value().stream().map(c -> c.name()).toList().indexOf(column);
  }

  /** As in ksqlDB, a row without a usable time is not written. */
  private OptionalLong find(
      TimestampReader eventTime, Object[] key, Object[] value, String logger) {
    try {
      long timestampMs = eventTime.of(key, value);
      return timestampMs < 0 ? OptionalLong.empty() : OptionalLong.of(timestampMs);
    } catch (IllegalArgumentException e) {
      context
          .log()
          .failed(
              logger,
              "Failed to extract timestamp from row",
              Optional.of(e),
              () -> RowText.of(key, value));
      return OptionalLong.empty();
    }
  }
}
