package dev.flagstream.engine.topology;

import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.Rows;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Named;

/** Builds WHERE and HAVING. */
final class FilterBuilder {

  private static final String FILTER = "WhereFilter";

  private final BuildContext context;

  FilterBuilder(BuildContext context) {
    this.context = context;
  }

  Rows build(PlanStep.Filter step, Rows input) {
    RowEvaluator.Condition condition = context.condition(step.predicate(), input.schema(), FILTER);
    return input instanceof Rows.Events events
        ? events.with(RowStages.filter(condition), input.schema())
        : filterTable((Rows.Changes) input, condition);
  }

  /** Kafka Streams turns a change to a row that fails into a deletion, if there was a row. */
  private Rows filterTable(Rows.Changes input, RowEvaluator.Condition condition) {
    KTable<Object, Object[]> table =
        input
            .table()
            .filter(
                (key, value) -> condition.test(KeyKind.columns(key), value),
                Named.as(context.uniqueName(FILTER)));
    return new Rows.Changes(
        table,
        input.schema(),
        input.keys(),
        input.materialization().map(store -> store.filtered(condition)));
  }
}
