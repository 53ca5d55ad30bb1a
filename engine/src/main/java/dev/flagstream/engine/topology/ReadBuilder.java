package dev.flagstream.engine.topology;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.format.ColumnLayout;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowReader;
import dev.flagstream.engine.format.RowSerde;
import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.type.Column;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.KeyValueStore;

/** Builds the reading of a source's topic. */
final class ReadBuilder {

  private final BuildContext context;

  ReadBuilder(BuildContext context) {
    this.context = context;
  }

  Rows build(PlanStep.Read step) {
    Source source = step.source();
    String name = context.uniqueName("KsqlTopic");
    KeyKind keys = source.window().map(KeyKind::of).orElse(KeyKind.PLAIN);
    ReadLayout layout = ReadLayout.of(step);
    Consumed<Object, Object[]> consumed = consumed(source, layout, keys, name);
    KStream<Object, Object[]> stream = context.streams().stream(source.topic(), consumed);
    Rows.Events events = Rows.Events.of(stream, step.schema(), keys);
    if (!layout.pseudoSlots().isEmpty()) {
      events = events.with(RowStages.pseudoColumns(layout.pseudoSlots()), step.schema());
    }
    return source.kind() == SourceKind.STREAM ? events : table(step, events, name);
  }

  private Consumed<Object, Object[]> consumed(
      Source source, ReadLayout layout, KeyKind keys, String name) {
    Consumed<Object, Object[]> consumed =
        Consumed.with(keySerde(source, keys, name), valueSerde(source, layout, name))
            .withName(name + "-Source");
    if (source.timestamp().isEmpty()) {
      return consumed;
    }
    EventTime eventTime =
        EventTime.of(source.timestamp().get(), source.schema(), layout.timestampSlot());
    return consumed.withTimestampExtractor(
        new RowTimestampExtractor(eventTime, context.log(), context.logger(name + ".Source")));
  }

  private Rows table(PlanStep.Read step, Rows.Events events, String name) {
    Source source = step.source();
    Serde<Object> keySerde = events.keys().serde(source.keyFormat(), source.schema().key());
    RowSerde valueSerde = RowSerde.of(StateCodec.ofColumns(step.schema().value()));
    KStream<Object, Object[]> stream = events.run(context.uniqueName(name + "-PseudoColumns"));
    if (!step.materialized()) {
      KTable<Object, Object[]> table =
          stream.toTable(Named.as(name + "-ToTable"), Materialized.with(keySerde, valueSerde));
      return new Rows.Changes(table, step.schema(), events.keys(), Optional.empty());
    }
    String storeName = name + "-Reduce";
    KTable<Object, Object[]> table =
        stream.toTable(
            Named.as(name + "-ToTable"),
            Materialized.<Object, Object[], KeyValueStore<Bytes, byte[]>>as(storeName)
                .withKeySerde(keySerde)
                .withValueSerde(valueSerde));
    Materialization materialization =
        new Materialization(
            storeName, source.window(), source.keyFormat(), step.schema(), List.of());
    return new Rows.Changes(table, step.schema(), events.keys(), Optional.of(materialization));
  }

  private Serde<Object> keySerde(Source source, KeyKind keys, String name) {
    List<Column> columns = source.schema().key();
    if (columns.isEmpty() && !keys.isWindowed()) {
      Deserializer<Object> ignored = (topic, bytes) -> null;
      return Serdes.serdeFrom((topic, key) -> null, ignored);
    }
    RowReader reader = RowFormats.keyReader(source.keyFormat(), ColumnLayout.all(columns));
    Serde<Object[]> logged =
        Serdes.serdeFrom(
            RowSerde.serializerOf(RowFormats.keyWriter(source.keyFormat(), columns)),
            new SourceDeserializer(
                reader,
                HeaderColumns.NONE,
                ProcessingLog.RecordPart.KEY,
                context.log(),
                context.logger(name + ".Source.deserializer")));
    return keys.serde(logged);
  }

  private Serde<Object[]> valueSerde(Source source, ReadLayout layout, String name) {
    RowReader reader = RowFormats.valueReader(source.valueFormat(), layout.columns());
    return Serdes.serdeFrom(
        (topic, row) -> {
          throw new IllegalStateException("A source is never written to: " + topic);
        },
        new SourceDeserializer(
            reader,
            layout.headers(),
            ProcessingLog.RecordPart.VALUE,
            context.log(),
            context.logger(name + ".Source.deserializer")));
  }
}
