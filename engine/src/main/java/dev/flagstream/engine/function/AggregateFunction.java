package dev.flagstream.engine.function;

import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Map;

/** One variant of an aggregate function, resolved for the arguments of one call. */
public interface AggregateFunction {

  /** The name as its author wrote it, in whatever case. */
  String name();

  /** The types of the per-row arguments; constant initial arguments are already bound. */
  List<SqlType> parameterTypes();

  /** The type of the state that is kept per group. */
  SqlType aggregateType();

  /** The type of the result. */
  SqlType returnType();

  /** Whether {@link Aggregator#undo} works, as aggregating a table needs. */
  boolean supportsUndo();

  /** Makes the instance that serves one call site of one query; all its stream threads share it. */
  Aggregator newAggregator(Map<String, ?> properties);

  /** Folds rows into a state. */
  interface Aggregator {
    /** The state of an empty group. */
    Object initialize();

    /** The state after one more row. */
    Object aggregate(Object[] arguments, Object state);

    /** The state of two groups together, as merging sessions needs. */
    Object merge(Object left, Object right);

    /** The state without a row that was aggregated before. */
    Object undo(Object[] arguments, Object state);

    /** The value shown for a state. */
    Object result(Object state);
  }
}
