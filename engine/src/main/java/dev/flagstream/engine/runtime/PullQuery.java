package dev.flagstream.engine.runtime;

import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.expression.RowEvaluator;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.runtime.TableRows.Row;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A pull query under way: a look at a table or a stream as it is now. */
final class PullQuery implements RowSource {

  private final QueryPlan.Pull plan;
  private final TableRows rows;
  private final RowEvaluator.Condition filter;
  private final RowEvaluator select;
  private final ColumnPicker picker;
  private final AtomicBoolean closed = new AtomicBoolean();

  PullQuery(
      QueryPlan.Pull plan,
      TableRows rows,
      ExpressionCompiler compiler,
      RowEvaluator.ErrorListener errors) {
    this.plan = plan;
    this.rows = rows;
    this.filter =
        plan.filter()
            .map(predicate -> compiler.compileCondition(predicate, plan.input(), errors))
            .orElse((key, value) -> true);
    this.select =
        compiler.compile(
            plan.select().stream().map(NamedExpression::expression).toList(), plan.input(), errors);
    List<Column> selected =
        plan.select().stream()
            .map(column -> plan.schema().find(column.name()).orElseThrow())
            .toList();
    this.picker = ColumnPicker.of(new RowSchema(List.of(), selected), plan.columnOrder());
  }

  @Override
  public End forEach(RowTaker taker) throws InterruptedException {
    int left = plan.limit().orElse(Integer.MAX_VALUE);
    if (left == 0) {
      return End.LIMIT_REACHED;
    }
    try (TableRows.Cursor cursor = rows.open()) {
      for (Row row = cursor.next(); row != null; row = cursor.next()) {
        if (closed.get()) {
          return End.CLOSED;
        }
        if (filter.test(row.key(), row.value())) {
          if (!taker.accept(picker.pick(null, select.evaluate(row.key(), row.value())))) {
            return End.CLOSED;
          }
          left--;
          if (left == 0) {
            return End.LIMIT_REACHED;
          }
        }
      }
      return End.COMPLETED;
    }
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
