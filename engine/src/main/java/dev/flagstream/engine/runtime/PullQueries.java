package dev.flagstream.engine.runtime;

import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.topology.log.FailureText;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.row.Materialization;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes pull queries, which look at tables and streams as they are now. Thread-safe. */
public final class PullQueries {

  private final ExpressionCompiler compiler;
  private final ProcessingLog log;

  public PullQueries(ExpressionCompiler compiler, ProcessingLog log) {
    this.compiler = compiler;
    this.log = log;
  }

  /**
   * A query of a table whose rows a query keeps.
   *
   * @param queryId names the look in the processing log
   * @param kept where the query that makes the table keeps its rows
   * @param stores the stores of that query
   */
  public RowSource ofTable(
      String queryId, QueryPlan.Pull plan, Materialization kept, TableStores stores) {
    return over(queryId, plan, new StoredRows(plan, kept, stores));
  }

  /**
   * A query of a stream.
   *
   * @param queryId names the look in the processing log
   * @param scans starts a walk through the stream's topic
   */
  public RowSource ofStream(String queryId, QueryPlan.Pull plan, Supplier<TopicScan> scans) {
    return over(queryId, plan, new TopicRows(plan, queryId, log, scans));
  }

  /**
   * A query of a table that no query makes: {@code CREATE SOURCE TABLE}.
   *
   * @param queryId names the look in the processing log
   * @param scans starts a walk through the table's topic
   */
  public RowSource ofSourceTable(String queryId, QueryPlan.Pull plan, Supplier<TopicScan> scans) {
    return over(queryId, plan, new LatestRows(plan, queryId, log, scans));
  }

  private RowSource over(String queryId, QueryPlan.Pull plan, TableRows rows) {
    String logger = "processing." + queryId;
    return new PullQuery(
        plan,
        rows,
        compiler,
        (expression, error) ->
            log.failed(
                logger,
                "Error computing expression " + expression + ": " + FailureText.of(error),
                Optional.of(error),
                () -> null));
  }
}
