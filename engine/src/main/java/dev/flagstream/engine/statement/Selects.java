package dev.flagstream.engine.statement;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Query.Relation;
import dev.flagstream.engine.ast.Statement.QueryStatement;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.planner.QueryPlan;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Starts the queries whose rows go to whoever asked. Thread-safe. */
final class Selects {

  private final EngineConfig config;
  private final EngineState state;
  private final Planner planner;
  private final QueryEngine queries;
  private final TransientQueries transientQueries;
  private final AtomicLong lastPullId = new AtomicLong();

  Selects(
      EngineConfig config,
      EngineState state,
      Planner planner,
      QueryEngine queries,
      TransientQueries transientQueries) {
    this.config = config;
    this.state = state;
    this.planner = planner;
    this.queries = queries;
    this.transientQueries = transientQueries;
  }

  /** Plans and starts a SELECT. */
  QueryAnswer.Rows start(
      ParsedStatement parsed, QueryStatement select, Map<String, String> properties) {
    QueryPlan plan = planner.plan(parsed, select.query(), state.catalog(), properties);
    if (plan instanceof QueryPlan.Push push) {
      String id = transientId(firstSource(select.query().from()));
      transientQueries.add(new TransientQueries.PushQuery(id, parsed.text()));
      try {
        return new Registered(queries.push(id, push, properties), transientQueries);
      } catch (RuntimeException e) {
        transientQueries.remove(id);
        throw e;
      }
    }
    if (!config.pullQueriesEnabled()) {
      throw new SqlException(
          "Pull queries are disabled. Set ksql.pull.queries.enable=true to enable them.");
    }
    var pull = (QueryPlan.Pull) plan;
    String id =
        pull.source().kind() == SourceKind.STREAM ? transientId(pull.source().name()) : pullId();
    return queries.pull(id, pull, properties);
  }

  private static String firstSource(Relation relation) {
    return relation instanceof Relation.Join join
        ? firstSource(join.left())
        : ((Relation.Source) relation).name();
  }

  private static String transientId(String source) {
    return "transient_%s_%d"
        .formatted(source, ThreadLocalRandom.current().nextLong(Long.MAX_VALUE));
  }

  /** The time in milliseconds, or the next number not yet used. */
  private String pullId() {
    long now = System.currentTimeMillis();
    return "query_" + lastPullId.updateAndGet(last -> Math.max(last + 1, now));
  }

  /** A push query that is listed as long as it is open. */
  private record Registered(QueryAnswer.Rows rows, TransientQueries transientQueries)
      implements QueryAnswer.Rows {
    @Override
    public String queryId() {
      return rows.queryId();
    }

    @Override
    public java.util.List<ResultColumn> columns() {
      return rows.columns();
    }

    @Override
    public boolean isStreaming() {
      return rows.isStreaming();
    }

    @Override
    public String forEach(RowConsumer consumer) throws InterruptedException {
      return rows.forEach(consumer);
    }

    @Override
    public void close() {
      transientQueries.remove(rows.queryId());
      rows.close();
    }
  }
}
