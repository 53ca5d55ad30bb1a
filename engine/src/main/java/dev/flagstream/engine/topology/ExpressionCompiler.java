package dev.flagstream.engine.topology;

import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.type.RowSchema;
import java.util.List;

/** Turns expressions into code that computes them over rows. */
public interface ExpressionCompiler {

  /** Computes all the expressions over a row of {@code input}. */
  RowEvaluator rows(
      List<TypedExpression> expressions, RowSchema input, RowEvaluator.ErrorListener errors);

  /** Tests a predicate over a row of {@code input}. */
  RowEvaluator.Condition condition(
      TypedExpression predicate, RowSchema input, RowEvaluator.ErrorListener errors);
}
