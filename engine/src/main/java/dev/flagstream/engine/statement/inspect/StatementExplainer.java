package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.Definition;
import dev.flagstream.engine.ast.Statement.QueryStatement;
import dev.flagstream.engine.plan.PlanPrinter;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.statement.entity.FieldSchema;
import dev.flagstream.engine.statement.entity.QueryDescription;
import dev.flagstream.engine.statement.state.EngineState;
import dev.flagstream.engine.statement.state.KafkaTopics;
import dev.flagstream.engine.statement.state.SessionPlanner;
import dev.flagstream.engine.type.RowSchema;
import java.util.List;
import java.util.Map;

/** Describes what a statement would do, without doing it. */
public final class StatementExplainer {

  private final EngineState state;
  private final SessionPlanner planner;
  private final KafkaTopics topics;

  public StatementExplainer(EngineState state, SessionPlanner planner, KafkaTopics topics) {
    this.state = state;
    this.planner = planner;
    this.topics = topics;
  }

  /**
   * Describes the query that a statement is, or would start.
   *
   * @param text the EXPLAIN as written
   * @throws SqlException if the statement is refused, or runs no query
   */
  QueryDescription explain(String text, Statement statement, Map<String, String> properties) {
    if (statement instanceof QueryStatement select) {
      QueryPlan plan = planner.plan(select.query(), text, state.catalog(), topics, properties);
      return description(text, plan.schema(), List.of(), List.of(), text(plan), properties, "PUSH");
    }
    if (statement instanceof Definition definition
        && planner.plan(definition, text, state.catalog(), topics, properties, 0)
            instanceof StartQuery start) {
      PersistentQuery query = start.query();
      return description(
          start.normalizedSql(),
          query.sink().schema(),
          query.sources(),
          List.of(query.sink().name()),
          PlanPrinter.print(query.plan()),
          properties,
          "PERSISTENT");
    }
    throw new SqlException("The provided statement does not run a ksql query");
  }

  private static String text(QueryPlan plan) {
    return plan instanceof QueryPlan.Push push
        ? PlanPrinter.print(push.plan())
        : "A look at the rows of " + ((QueryPlan.Pull) plan).source().name();
  }

  private static QueryDescription description(
      String text,
      RowSchema schema,
      List<String> sources,
      List<String> sinks,
      String plan,
      Map<String, String> properties,
      String queryType) {
    return new QueryDescription(
        "",
        text,
        null,
        FieldSchema.of(schema),
        sources,
        sinks,
        "",
        plan,
        properties,
        Map.of(),
        queryType,
        List.of(),
        List.of(),
        "",
        null);
  }
}
