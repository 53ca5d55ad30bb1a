package dev.flagstream.engine.topology;

import dev.flagstream.engine.expression.ColumnUses;
import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.Rows;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Builds PARTITION BY, and the new keys that joins need. */
final class SelectKeyBuilder {

  private static final String PARTITION_BY = "PartitionBy";

  private final BuildContext context;

  SelectKeyBuilder(BuildContext context) {
    this.context = context;
  }

  /** PARTITION BY: a null column is written as the key's format has it, even if that is no key. */
  Rows partitionBy(PlanStep.SelectKey step, Rows input) {
    return ((Rows.Events) input)
        .withNewKeys(
            RowStages.selectKey(keyOf(step, input.schema()), values(step, input.schema())),
            step.schema());
  }

  /** Rows by what a join compares, which need not be a column. */
  Rows joinSide(PlanStep.SelectKey step, Rows input) {
    return ((Rows.Events) input)
        .withNewKeys(
            RowStages.joinKey(
                context.rows(step.key(), input.schema(), PARTITION_BY),
                values(step, input.schema()),
                input.schema().value().size()),
            step.schema());
  }

  private RowEvaluator values(PlanStep.SelectKey step, RowSchema input) {
    return context.rows(
        step.values().stream().map(NamedExpression::expression).toList(), input, PARTITION_BY);
  }

  /** As in ksqlDB, a row without a value has only what is computed from its key alone. */
  private RowStages.KeyOf keyOf(PlanStep.SelectKey step, RowSchema input) {
    RowEvaluator key = context.rows(step.key(), input, PARTITION_BY);
    List<TypedExpression> expressions = step.key();
    Set<String> keyColumns = input.key().stream().map(Column::name).collect(Collectors.toSet());
    int[] ofKey =
        IntStream.range(0, expressions.size())
            .filter(i -> keyColumns.containsAll(ColumnUses.of(expressions.get(i))))
            .toArray();
    RowEvaluator computedFromKey =
        context.rows(IntStream.of(ofKey).mapToObj(expressions::get).toList(), input, PARTITION_BY);
    Object[] nulls = new Object[input.value().size()];
    return (oldKey, value) -> {
      if (value != null) {
        return key.evaluate(oldKey, value);
      }
      Object[] computed = computedFromKey.evaluate(oldKey, nulls);
      Object[] newKey = new Object[expressions.size()];
      for (int i = 0; i < ofKey.length; i++) {
        newKey[ofKey[i]] = computed[i];
      }
      return newKey;
    };
  }
}
