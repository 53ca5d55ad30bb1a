package dev.flagstream.engine.function.builtin;

import dev.flagstream.engine.function.AggregateFunction;
import dev.flagstream.engine.function.AggregateFunction.Aggregator;
import dev.flagstream.engine.function.FunctionCatalog.Argument;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A call of an aggregate function over rows, as in {@code call("SUM", INTEGER).over(1, 2, null)}.
 * It goes on from where it is: {@code undo} and {@code mergedWith} follow {@code over}.
 */
final class Aggregation {

  private final AggregateFunction function;
  private final Aggregator aggregator;
  private Object state;

  private Aggregation(AggregateFunction function, Map<String, ?> properties) {
    this.function = function;
    this.aggregator = function.newAggregator(properties);
    this.state = aggregator.initialize();
  }

  /** A call with columns of these types. */
  static Aggregation call(String name, SqlType... columns) {
    return call(name, List.of(columns), List.of());
  }

  /** A call with columns, then constants. */
  static Aggregation call(String name, List<SqlType> columns, List<Argument.Constant> constants) {
    return call(name, columns, constants, Map.of());
  }

  static Aggregation call(
      String name,
      List<SqlType> columns,
      List<Argument.Constant> constants,
      Map<String, ?> properties) {
    List<Argument> arguments = new ArrayList<>();
    columns.forEach(type -> arguments.add(new Argument.Value(type)));
    arguments.addAll(constants);
    return new Aggregation(SqlExpression.FUNCTIONS.aggregate(name, arguments), properties);
  }

  static Argument.Constant constant(int value) {
    return new Argument.Constant(value, SqlType.INTEGER);
  }

  static Argument.Constant constant(boolean value) {
    return new Argument.Constant(value, SqlType.BOOLEAN);
  }

  AggregateFunction function() {
    return function;
  }

  /** Adds rows of one column. */
  Aggregation over(Object... values) {
    for (Object value : values) {
      row(value);
    }
    return this;
  }

  /** Adds one row. */
  Aggregation row(Object... columns) {
    state = aggregator.aggregate(columns, state);
    return this;
  }

  /** Takes one row back. */
  Aggregation undo(Object... columns) {
    state = aggregator.undo(columns, state);
    return this;
  }

  /** As merging two session windows does. */
  Aggregation mergedWith(Aggregation other) {
    state = aggregator.merge(state, other.state);
    return this;
  }

  Object result() {
    return aggregator.result(state);
  }
}
