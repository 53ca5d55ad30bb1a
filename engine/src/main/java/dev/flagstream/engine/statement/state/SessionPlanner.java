package dev.flagstream.engine.statement.state;

import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Statement.Definition;
import dev.flagstream.engine.ast.Statement.InsertValues;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.planner.InsertedRow;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.planner.StatementPlanner;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.planner.with.TopicDirectory;
import java.util.Map;

/** Plans statements under the server's properties and what the client SET. */
public final class SessionPlanner {

  private final FunctionCatalog functions;
  private final Map<String, String> serverProperties;

  public SessionPlanner(FunctionCatalog functions, Map<String, String> serverProperties) {
    this.functions = functions;
    this.serverProperties = Map.copyOf(serverProperties);
  }

  /**
   * Plans a definition.
   *
   * @param text the statement as written
   * @param queryNumber ends the id of the query it starts, if it starts one
   */
  public PlannedStatement plan(
      Definition statement,
      String text,
      Catalog catalog,
      TopicDirectory topics,
      Map<String, String> properties,
      long queryNumber) {
    PlannedStatement plan =
        new StatementPlanner(functions, topics)
            .plan(statement, text, catalog, session(properties), queryNumber);
    return plan instanceof StartQuery start ? asGiven(start, text, properties) : plan;
  }

  /**
   * A query keeps what was SET for it; the server's properties it gets where it runs. INSERT INTO
   * is shown as it was written, unlike CREATE … AS SELECT.
   */
  private static StartQuery asGiven(StartQuery start, String text, Map<String, String> properties) {
    PersistentQuery query = start.query();
    boolean definesSink = query.definesSink();
    return new StartQuery(
        definesSink ? start.normalizedSql() : text,
        new PersistentQuery(
            query.id(),
            definesSink ? query.sql() : text,
            query.plan(),
            query.sources(),
            properties,
            definesSink),
        start.replaces(),
        start.topic());
  }

  /** Plans a SELECT. */
  public QueryPlan plan(
      Query query,
      String text,
      Catalog catalog,
      TopicDirectory topics,
      Map<String, String> properties) {
    return new StatementPlanner(functions, topics)
        .planQuery(query, text, catalog, session(properties));
  }

  /** Computes the row of an INSERT VALUES. */
  public InsertedRow plan(
      InsertValues insert, Catalog catalog, TopicDirectory topics, Map<String, String> properties) {
    return new StatementPlanner(functions, topics).planInsert(insert, catalog, session(properties));
  }

  private Session session(Map<String, String> properties) {
    return new Session(serverProperties).with(properties);
  }
}
