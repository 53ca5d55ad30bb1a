package dev.flagstream.engine.topology;

import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;

/** Builds PARTITION BY, and the new keys that joins need. */
final class SelectKeyBuilder {

  private static final String PARTITION_BY = "PartitionBy";

  private final BuildContext context;

  SelectKeyBuilder(BuildContext context) {
    this.context = context;
  }

  Rows build(PlanStep.SelectKey step, Rows input) {
    RowEvaluator key = context.rows(step.key(), input.schema(), PARTITION_BY);
    RowEvaluator values =
        context.rows(
            step.values().stream().map(NamedExpression::expression).toList(),
            input.schema(),
            PARTITION_BY);
    int width = input.schema().value().size();
    return ((Rows.Events) input)
        .withNewKeys(RowStages.selectKey(key, values, width), step.schema());
  }
}
