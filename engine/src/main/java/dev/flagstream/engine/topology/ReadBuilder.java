package dev.flagstream.engine.topology;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.format.RowSerde;
import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.row.Materialization;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.RowStages.PseudoSlot;
import dev.flagstream.engine.topology.row.Rows;
import dev.flagstream.engine.topology.source.SourceSerdes;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
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
  private final SharedTopics sharedTopics;

  ReadBuilder(BuildContext context, SharedTopics sharedTopics) {
    this.context = context;
    this.sharedTopics = sharedTopics;
  }

  Rows build(PlanStep.Read step) {
    Source source = step.source();
    String name = context.uniqueName("KsqlTopic");
    SourceSerdes serdes = new SourceSerdes(step, context.log(), context.logger(name));
    KStream<Object, Object[]> stream =
        sharedTopics.contains(source.topic())
            ? sharedTopics.read(step, serdes, name)
            : context.streams().stream(source.topic(), consumed(source, serdes, name));
    Rows.Events events = Rows.Events.of(stream, step.schema(), serdes.keyKind());
    List<PseudoSlot> pseudoSlots = serdes.layout().pseudoSlots();
    if (!pseudoSlots.isEmpty()) {
      events = events.with(RowStages.pseudoColumns(pseudoSlots), step.schema());
    }
    return source.kind() == SourceKind.STREAM ? events : table(step, events, name);
  }

  private Consumed<Object, Object[]> consumed(Source source, SourceSerdes serdes, String name) {
    Consumed<Object, Object[]> plain =
        Consumed.with(serdes.key(), serdes.value())
            .withName(name + "-Source")
            .withOffsetResetPolicy(
                context.firstOffsets().ofTopic(List.of(source.kind())).orElse(null));
    return serdes.timestamps().map(plain::withTimestampExtractor).orElse(plain);
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
    return new Rows.Changes(table, step.schema(), events.keys(), materialization(step, storeName));
  }

  /** Rows of windowed keys are kept by those keys, not by window: they cannot be looked up. */
  private static Optional<Materialization> materialization(PlanStep.Read step, String storeName) {
    Source source = step.source();
    return source.window().isPresent()
        ? Optional.empty()
        : Optional.of(
            new Materialization(
                storeName, source.window(), source.keyFormat(), step.schema(), List.of()));
  }
}
