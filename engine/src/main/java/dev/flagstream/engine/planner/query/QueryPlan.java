package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.ast.Query.Emit;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.TypedExpression;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.plan.PlanStep.NamedExpression;
import dev.flagstream.engine.type.RowSchema;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A SELECT whose rows go to the client. */
public sealed interface QueryPlan {

  /** The columns of the result; its key columns print with KEY. */
  RowSchema schema();

  /** The columns of the result in the order of the SELECT list. */
  List<String> columnOrder();

  /** After how many rows to stop. */
  OptionalInt limit();

  /** A query that goes on until it is cancelled: one with EMIT. */
  record Push(
      PlanStep plan, Emit emit, RowSchema schema, List<String> columnOrder, OptionalInt limit)
      implements QueryPlan {
    public Push {
      columnOrder = List.copyOf(columnOrder);
    }
  }

  /**
   * A look at a table as it is now, or at a stream's topic from its start to its present end.
   *
   * @param source the table (kept by the query that made it, or {@code SOURCE} table) or stream
   * @param keys the keys to look up, each with all key columns; empty means all rows
   * @param window bounds on windows; empty means all of them
   * @param filter the whole WHERE, applied to each row found
   * @param select the result's columns over the rows of {@code source}; WINDOWSTART, WINDOWEND and
   *     ROWTIME are value columns of {@code input} where the source has them
   * @param input the schema {@code filter} and {@code select} refer to
   */
  record Pull(
      Source source,
      Optional<List<Object[]>> keys,
      Optional<WindowBounds> window,
      Optional<TypedExpression> filter,
      List<NamedExpression> select,
      RowSchema input,
      RowSchema schema,
      List<String> columnOrder,
      OptionalInt limit)
      implements QueryPlan {
    public Pull {
      select = List.copyOf(select);
      columnOrder = List.copyOf(columnOrder);
    }
  }

  /**
   * Inclusive bounds, in epoch milliseconds, on a window's start and end; those that are open are
   * the smallest and the largest long.
   */
  record WindowBounds(long startFrom, long startTo, long endFrom, long endTo) {}
}
