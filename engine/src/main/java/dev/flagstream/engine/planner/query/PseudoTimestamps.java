package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.Between;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.ast.Expression.Comparison;
import dev.flagstream.engine.ast.Expression.LongLiteral;
import dev.flagstream.engine.ast.Expression.StringLiteral;
import dev.flagstream.engine.expression.ExpressionRewriter;
import dev.flagstream.engine.expression.TimeText;
import dev.flagstream.engine.plan.PlanStep.PseudoColumn;
import java.util.Optional;
import java.util.Set;

/**
 * Lets ROWTIME and the bounds of windows, which are numbers, be compared to points in time written
 * as text.
 *
 * <pre>
 *   ROWTIME &gt;= '2020-01-01'   →   ROWTIME &gt;= 1577836800000
 * </pre>
 */
final class PseudoTimestamps {

  private static final Set<String> TIMES =
      Set.of(
          PseudoColumn.ROWTIME.name(),
          PseudoColumn.WINDOWSTART.name(),
          PseudoColumn.WINDOWEND.name());

  private PseudoTimestamps() {}

  /** The expression with such texts as epoch milliseconds. */
  static Expression rewrite(Expression expression) {
    return ExpressionRewriter.rewrite(expression, PseudoTimestamps::rewriteNode);
  }

  private static Optional<Expression> rewriteNode(Expression node) {
    if (node instanceof Comparison comparison) {
      boolean left = isTime(comparison.left());
      boolean right = isTime(comparison.right());
      return left || right
          ? Optional.of(
              new Comparison(
                  comparison.at(),
                  comparison.operator(),
                  right ? asTime(comparison.left()) : comparison.left(),
                  left ? asTime(comparison.right()) : comparison.right()))
          : Optional.empty();
    }
    if (node instanceof Between between && isTime(between.operand())) {
      return Optional.of(
          new Between(
              between.at(), between.operand(), asTime(between.low()), asTime(between.high())));
    }
    return Optional.empty();
  }

  private static boolean isTime(Expression expression) {
    return expression instanceof ColumnName column && TIMES.contains(column.name());
  }

  private static Expression asTime(Expression expression) {
    return expression instanceof StringLiteral text
        ? new LongLiteral(text.at(), TimeText.parseEpochMs(text.value()))
        : expression;
  }
}
