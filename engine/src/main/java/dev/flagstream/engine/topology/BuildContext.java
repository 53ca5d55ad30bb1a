package dev.flagstream.engine.topology;

import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.type.RowSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsBuilder;

/** What the builders of one query's steps share. */
final class BuildContext {

  private final String queryId;
  private final StreamsBuilder streams;
  private final ExpressionCompiler compiler;
  private final ProcessingLog log;
  private final Map<String, ?> properties;
  private final Map<String, Integer> usedNames = new HashMap<>();

  BuildContext(
      String queryId,
      StreamsBuilder streams,
      ExpressionCompiler compiler,
      ProcessingLog log,
      Map<String, ?> properties) {
    this.queryId = queryId;
    this.streams = streams;
    this.compiler = compiler;
    this.log = log;
    this.properties = properties;
  }

  StreamsBuilder streams() {
    return streams;
  }

  ProcessingLog log() {
    return log;
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
    return compiler.compile(expressions, input, listener(step));
  }

  RowEvaluator.Condition condition(TypedExpression predicate, RowSchema input, String step) {
    return compiler.compileCondition(predicate, input, listener(step));
  }

  private RowEvaluator.ErrorListener listener(String step) {
    String logger = logger(step);
    return (expression, error) ->
        log.failed(
            logger,
            "Error computing expression " + expression + ": " + error.getMessage(),
            Optional.of(error),
            () -> null);
  }
}
