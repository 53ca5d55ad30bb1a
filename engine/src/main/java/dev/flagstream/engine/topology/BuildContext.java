package dev.flagstream.engine.topology;

import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.topology.log.FailureText;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.type.RowSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.streams.StreamsBuilder;

/** What the builders of one query's steps share. */
final class BuildContext {

  private final String queryId;
  private final StreamsBuilder streams;
  private final ExpressionCompiler compiler;
  private final ProcessingLog log;
  private final Map<String, ?> properties;
  private final FirstOffsets firstOffsets;
  private final Map<String, Integer> usedNames = new HashMap<>();

  BuildContext(
      String queryId,
      StreamsBuilder streams,
      ExpressionCompiler compiler,
      ProcessingLog log,
      Map<String, ?> properties,
      FirstOffsets firstOffsets) {
    this.queryId = queryId;
    this.streams = streams;
    this.compiler = compiler;
    this.log = log;
    this.properties = properties;
    this.firstOffsets = firstOffsets;
  }

  StreamsBuilder streams() {
    return streams;
  }

  ProcessingLog log() {
    return log;
  }

  /** Where the query begins to read. */
  FirstOffsets firstOffsets() {
    return firstOffsets;
  }

  /** The server's and the session's properties, for functions that are configurable. */
  Map<String, ?> properties() {
    return properties;
  }

  /** The name, made different from those given out before: store and topic names derive from it. */
  String uniqueName(String name) {
    int uses = usedNames.merge(name, 1, Integer::sum);
    return uses == 1 ? name : name + "-" + uses;
  }

  /** The processing log's name of a step. */
  String logger(String step) {
    return "processing." + queryId + "." + step;
  }

  RowEvaluator rows(List<TypedExpression> expressions, RowSchema input, String step) {
    return compiler.compile(expressions, input, listener(step, text -> computing(text, "")));
  }

  /** As {@link #rows}; the log names the column whose value could not be computed. */
  RowEvaluator columns(List<NamedExpression> columns, RowSchema input, String step) {
    List<TypedExpression> expressions = columns.stream().map(NamedExpression::expression).toList();
    Map<String, Integer> indexes = new HashMap<>();
    for (int i = 0; i < expressions.size(); i++) {
      indexes.putIfAbsent(expressions.get(i).sql(), i);
    }
    return compiler.compile(
        expressions,
        input,
        listener(
            step,
            text -> {
              Integer index = indexes.get(text);
              return computing(
                  text,
                  index == null
                      ? ""
                      : " for column " + columns.get(index).name() + " with index " + index);
            }));
  }

  private static String computing(String expression, String column) {
    return "Error computing expression " + expression + column;
  }

  RowEvaluator.Condition condition(TypedExpression predicate, RowSchema input, String step) {
    return compiler.compileCondition(
        predicate, input, listener(step, text -> "Error evaluating predicate " + text));
  }

  private RowEvaluator.ErrorListener listener(String step, UnaryOperator<String> problem) {
    String logger = logger(step);
    return (expression, error) ->
        log.failed(
            logger,
            problem.apply(expression) + ": " + FailureText.of(error),
            Optional.of(error),
            () -> null);
  }
}
