package dev.flagstream.engine.statement.inspect;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Query;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.Definition;
import dev.flagstream.engine.ast.Statement.QueryStatement;
import dev.flagstream.engine.plan.ExecutionPlanText;
import dev.flagstream.engine.plan.PlanStep;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.statement.entity.FieldSchema;
import dev.flagstream.engine.statement.entity.QueryDescription;
import dev.flagstream.engine.statement.state.BrokerTopics;
import dev.flagstream.engine.statement.state.EngineState;
import dev.flagstream.engine.statement.state.SessionPlanner;
import dev.flagstream.engine.type.RowSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Describes what a statement would do, without doing it. */
public final class StatementExplainer {

  private static final Pattern EXPLAIN = Pattern.compile("^\\s*EXPLAIN\\s+", CASE_INSENSITIVE);

  private final EngineState state;
  private final SessionPlanner planner;
  private final BrokerTopics topics;

  public StatementExplainer(EngineState state, SessionPlanner planner, BrokerTopics topics) {
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
      QueryPlan.Push plan =
          (QueryPlan.Push)
              planner.plan(pushed(select.query()), text, state.catalog(), topics, properties);
      List<String> sources = sources(plan.plan());
      return description(
          explained(text),
          plan.schema(),
          sources,
          List.of(),
          ExecutionPlanText.of("transient_" + sources.get(0), plan.plan()),
          properties,
          "PUSH");
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
          ExecutionPlanText.of(query.id(), query.plan()),
          properties,
          "PERSISTENT");
    }
    throw new SqlException("The provided statement does not run a ksql query");
  }

  /** A pull query, too, is explained as what it would do with EMIT CHANGES: ksqlDB does so. */
  private static Query pushed(Query query) {
    return new Query(
        query.at(),
        query.select(),
        query.from(),
        query.window(),
        query.where(),
        query.groupBy(),
        query.partitionBy(),
        query.having(),
        Optional.of(query.emit().orElse(Query.Emit.CHANGES)),
        query.limit());
  }

  /** The statement behind the word EXPLAIN. */
  private static String explained(String text) {
    return EXPLAIN.matcher(text).replaceFirst("");
  }

  private static List<String> sources(PlanStep plan) {
    Set<String> names = new LinkedHashSet<>();
    collectSources(plan, names);
    return List.copyOf(names);
  }

  private static void collectSources(PlanStep step, Set<String> names) {
    if (step instanceof PlanStep.Read read) {
      names.add(read.source().name());
    }
    step.inputs().forEach(input -> collectSources(input, names));
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
