package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.expression.TypedExpression.Literal;
import dev.flagstream.engine.expression.TypedExpression.Null;
import dev.flagstream.engine.type.RowSchema;
import java.util.List;
import java.util.Map;

/** Computes expressions that refer to no column: of INSERT VALUES, of keys in a pull query. */
public final class Constants {

  private static final Object[] NO_COLUMNS = {};

  private Constants() {}

  /**
   * The value of an expression without columns.
   *
   * @param properties the server's properties, from which functions take their settings
   * @throws SqlException if it cannot be computed
   */
  public static Object evaluate(TypedExpression expression, Map<String, ?> properties) {
    if (expression instanceof Literal literal) {
      return literal.value();
    }
    if (expression instanceof Null) {
      return null;
    }
    RowEvaluator evaluator =
        new ExpressionCompiler(properties)
            .compile(
                List.of(expression),
                new RowSchema(List.of(), List.of()),
                (sql, failure) -> {
                  throw new SqlException(
                      "Cannot compute " + sql + ": " + failure.getMessage(), failure);
                });
    return evaluator.evaluate(NO_COLUMNS, NO_COLUMNS)[0];
  }
}
