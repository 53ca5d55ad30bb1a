package dev.flagstream.engine.topology;

import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.Rows;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Named;

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
    KTable<Object, Object[]> table =
        input
            .table()
            .mapValues(
                (key, value) -> value == null ? null : values.evaluate(KeyKind.columns(key), value),
                Named.as(context.uniqueName(PROJECT)),
                TableSerdes.of(step.schema()));
    return new Rows.Changes(
        table,
        step.schema(),
        input.keys(),
        input
            .materialization()
            .map(
                store ->
                    store.mapped(
                        step.schema(),
                        (key, value) -> values.evaluate(KeyKind.columns(key), value))));
  }
}
