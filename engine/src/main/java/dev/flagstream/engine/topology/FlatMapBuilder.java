package dev.flagstream.engine.topology;

import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.function.TableFunction;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.topology.row.RowStages;
import dev.flagstream.engine.topology.row.Rows;
import java.util.List;
import java.util.Optional;

/** Builds the calls of table functions. */
final class FlatMapBuilder {

  private static final String FLAT_MAP = "FlatMap";

  private final BuildContext context;

  FlatMapBuilder(BuildContext context) {
    this.context = context;
  }

  Rows build(PlanStep.FlatMap step, Rows input) {
    List<RowEvaluator> arguments =
        step.functions().stream()
            .map(call -> context.rows(call.arguments(), input.schema(), FLAT_MAP))
            .toList();
    List<TableFunction.Exploder> exploders =
        step.functions().stream()
            .map(call -> call.function().newExploder(context.properties()))
            .toList();
    String logger = context.logger(FLAT_MAP);
    return ((Rows.Events) input)
        .with(
            RowStages.flatMap(
                arguments,
                exploders,
                input.schema().value().size(),
                error ->
                    context
                        .log()
                        .failed(
                            logger,
                            "Table function threw an exception",
                            Optional.of(error),
                            () -> null)),
            step.schema());
  }
}
