package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.Lambda;
import dev.flagstream.engine.expression.ExpressionRewriter;
import java.util.List;
import java.util.function.Predicate;

/** Checks the names of lambdas' parameters: none is a column's, or that of a lambda around it. */
final class LambdaNames {

  private final Predicate<String> isColumn;

  LambdaNames(Predicate<String> isColumn) {
    this.isColumn = isColumn;
  }

  void check(Expression expression) {
    ExpressionRewriter.walk(
        expression,
        node -> {
          if (node instanceof Lambda lambda) {
            lambda.parameters().forEach(this::checkNoColumn);
            checkNested(lambda);
          }
        });
  }

  private void checkNoColumn(String name) {
    if (isColumn.test(name)) {
      throw new SqlException("Lambda function argument can't be a column name: " + name);
    }
  }

  private static void checkNested(Lambda lambda) {
    List<String> around = lambda.parameters();
    ExpressionRewriter.walk(
        lambda.body(),
        node -> {
          if (node instanceof Lambda inner
              && inner.parameters().stream().anyMatch(around::contains)) {
            throw new SqlException("Reusing lambda arguments in nested lambda is not allowed");
          }
        });
  }
}
