package dev.flagstream.engine.topology;

import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.format.RowSerde;
import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.Materialization;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.Rows;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.state.KeyValueStore;

/** Builds the SELECT list. */
final class ProjectBuilder {

  private static final String PROJECT = "Project";

  private final BuildContext context;

  ProjectBuilder(BuildContext context) {
    this.context = context;
  }

  Rows build(PlanStep.Project step, Rows input) {
    RowEvaluator values = context.columns(step.values(), input.schema(), PROJECT);
    return input instanceof Rows.Events events
        ? events.with(RowStages.project(values), step.schema())
        : projectTable(step, (Rows.Changes) input, values);
  }

  private Rows projectTable(PlanStep.Project step, Rows.Changes input, RowEvaluator values) {
    String name = context.uniqueName(PROJECT);
    Optional<Format> keptKeys =
        input.materialization().isEmpty() ? foreignKeyFormat(step.input()) : Optional.empty();
    KTable<Object, Object[]> table =
        input
            .table()
            .mapValues(
                (key, value) -> value == null ? null : values.evaluate(KeyKind.columns(key), value),
                Named.as(name),
                keptKeys
                    .map(
                        format ->
                            store(name, input.keys().serde(format, step.schema().key()), step))
                    .orElseGet(() -> TableSerdes.of(step.schema())));
    Optional<Materialization> kept =
        keptKeys.map(
            format ->
                new Materialization(name, input.keys().window(), format, step.schema(), List.of()));
    return new Rows.Changes(
        table,
        step.schema(),
        input.keys(),
        kept.or(
            () ->
                input
                    .materialization()
                    .map(
                        store ->
                            store.mapped(
                                step.schema(),
                                (key, value) -> values.evaluate(KeyKind.columns(key), value)))));
  }

  /**
   * The format of the keys where rows come from a join on a foreign key, which keeps none of them:
   * as in ksqlDB they are kept once they are projected, for pull queries.
   */
  private static Optional<Format> foreignKeyFormat(PlanStep step) {
    if (step instanceof PlanStep.ForeignKeyJoin join) {
      return Optional.of(join.keyFormat());
    }
    return step.inputs().size() == 1 ? foreignKeyFormat(step.inputs().get(0)) : Optional.empty();
  }

  private static Materialized<Object, Object[], KeyValueStore<Bytes, byte[]>> store(
      String name, Serde<Object> keys, PlanStep.Project step) {
    return Materialized.<Object, Object[], KeyValueStore<Bytes, byte[]>>as(name)
        .withKeySerde(keys)
        .withValueSerde(RowSerde.of(StateCodec.ofColumns(step.schema().value())));
  }
}
