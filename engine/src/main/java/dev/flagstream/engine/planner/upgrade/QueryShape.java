package dev.flagstream.engine.planner.upgrade;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Query.GroupBy;
import dev.flagstream.engine.ast.Query.PartitionBy;
import dev.flagstream.engine.ast.print.ExpressionPrinter;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks what can be told from a query as it is written, before its names are resolved. */
public final class QueryShape {

  private QueryShape() {}

  /**
   * Checks a persistent query.
   *
   * @param statement what it is part of, as messages say: {@code CREATE TABLE AS SELECT}
   * @throws SqlException in ksqlDB's words
   */
  public static void check(Query query, String statement) {
    check(query);
    if (query.limit().isPresent()) {
      throw new SqlException(statement + " statements don't support LIMIT clause.");
    }
  }

  /** Checks the clauses that make a key. */
  static void check(Query query) {
    if (query.groupBy().isPresent() && query.partitionBy().isPresent()) {
      throw new SqlException("Queries only support one of PARTITION BY and GROUP BY");
    }
    query.groupBy().map(GroupBy::expressions).ifPresent(list -> check("GROUP BY", list));
    query
        .partitionBy()
        .map(PartitionBy::expressions)
        .ifPresent(list -> check("PARTITION BY", list));
  }

  private static void check(String clause, List<Expression> expressions) {
    if (expressions.isEmpty()) {
      throw new SqlException(clause + " requires at least one expression");
    }
    Set<String> seen = new HashSet<>();
    for (Expression expression : expressions) {
      String shown = ExpressionPrinter.print(expression);
      if (!seen.add(shown)) {
        throw new SqlException("Duplicate " + clause + " expression: " + shown);
      }
    }
  }
}
