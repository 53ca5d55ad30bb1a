package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Expression.ColumnName;
import dev.flagstream.engine.expression.Scope;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.expression.TypedExpression.ColumnReference;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.type.Column;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a query's plan has come.
 *
 * @param step the last step
 * @param computed expressions of the query, over names inside it, that the step has already
 *     computed, and the columns that hold them
 */
public record Stage(PlanStep step, Map<Expression, String> computed) implements Scope {

  public Stage {
    computed = Map.copyOf(computed);
  }

  static Stage of(PlanStep step) {
    return new Stage(step, Map.of());
  }

  Stage then(PlanStep next) {
    return new Stage(next, computed);
  }

  Stage then(PlanStep next, Map<Expression, String> moreComputed) {
    Map<Expression, String> all = new HashMap<>(computed);
    all.putAll(moreComputed);
    return new Stage(next, all);
  }

  @Override
  public Optional<TypedExpression> resolve(Expression node) {
    String name = computed.get(node);
    if (name == null && node instanceof ColumnName column) {
      name = column.name();
    }
    return Optional.ofNullable(name).flatMap(this::column);
  }

  /** The column that holds what an expression gives, if it has been computed before. */
  Optional<Expression> computedColumn(Expression node) {
    return Optional.ofNullable(computed.get(node))
        .map(name -> new ColumnName(node.at(), Optional.empty(), name));
  }

  private Optional<TypedExpression> column(String name) {
    return step.schema().find(name).map(Stage::reference);
  }

  private static TypedExpression reference(Column column) {
    return new ColumnReference(column.name(), column.type());
  }
}
