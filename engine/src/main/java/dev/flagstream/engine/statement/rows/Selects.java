package dev.flagstream.engine.statement.rows;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Query.Relation;
import dev.flagstream.engine.ast.Statement.QueryStatement;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.planner.refusal.NotQueryableException;
import dev.flagstream.engine.runtime.QueryFailedException;
import dev.flagstream.engine.runtime.QueryRuntime;
import dev.flagstream.engine.runtime.RowSource;
import dev.flagstream.engine.runtime.RowTaker;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.request.QueryAnswer;
import dev.flagstream.engine.statement.request.QueryAnswer.ResultColumn;
import dev.flagstream.engine.statement.request.RequestException;
import dev.flagstream.engine.statement.request.RequestException.Code;
import dev.flagstream.engine.statement.state.BrokerTopics;
import dev.flagstream.engine.statement.state.EngineState;
import dev.flagstream.engine.statement.state.SessionPlanner;
import dev.flagstream.engine.type.Column.Namespace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.KafkaStreams;

/** Starts the queries whose rows go to a client. Thread-safe. */
public final class Selects {

  private static final Duration ROWS_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration ROWS_POLL = Duration.ofMillis(20);

  private final EngineConfig config;
  private final EngineState state;
  private final SessionPlanner planner;
  private final BrokerTopics topics;
  private final QueryRuntime queries;
  private final TransientQueries transientQueries;
  private final AtomicLong lastPullId = new AtomicLong();

  public Selects(
      EngineConfig config,
      EngineState state,
      SessionPlanner planner,
      BrokerTopics topics,
      QueryRuntime queries,
      TransientQueries transientQueries) {
    this.config = config;
    this.state = state;
    this.planner = planner;
    this.topics = topics;
    this.queries = queries;
    this.transientQueries = transientQueries;
  }

  /** Plans and starts a SELECT. */
  public QueryAnswer.Rows start(
      ParsedStatement parsed, QueryStatement select, Map<String, String> properties) {
    QueryPlan plan =
        planner.plan(select.query(), parsed.text(), state.catalog(), topics, properties);
    return plan instanceof QueryPlan.Push push
        ? push(parsed, select, push, properties)
        : pull((QueryPlan.Pull) plan);
  }

  private QueryAnswer.Rows push(
      ParsedStatement parsed,
      QueryStatement select,
      QueryPlan.Push plan,
      Map<String, String> properties) {
    String id = transientId(firstSource(select.query().from()));
    int most = config.integer("ksql.max.push.queries");
    if (!transientQueries.add(new TransientQueries.PushQuery(id, parsed.text()), most)) {
      throw new SqlException(
          "There are %d push queries already, as many as ksql.max.push.queries allows. Close one, or wait until one ends."
              .formatted(most));
    }
    RowSource rows;
    try {
      rows = queries.push(id, plan, properties);
    } catch (RuntimeException e) {
      transientQueries.remove(id);
      throw e;
    }
    SelectedRows answer =
        new SelectedRows(id, columnsOf(plan), true, rows, () -> transientQueries.remove(id));
    transientQueries.started(id, answer::close);
    return answer;
  }

  private QueryAnswer.Rows pull(QueryPlan.Pull plan) {
    if (!config.pullQueriesEnabled()) {
      throw new SqlException(
          "Pull queries are disabled. Set ksql.pull.queries.enable=true to enable them.");
    }
    if (plan.source().kind() == SourceKind.TABLE && !plan.source().readOnly()) {
      if (state.creatorOf(plan.source().name()).isEmpty()) {
        throw new NotQueryableException(plan.source().name());
      }
      awaitRows(plan.source().name());
    }
    // Rows of a stream come as they are read; ksqlDB names and frames them like a push query.
    boolean ofStream = plan.source().kind() == SourceKind.STREAM;
    String id = ofStream ? transientId(plan.source().name()) : pullId();
    return new SelectedRows(id, columnsOf(plan), ofStream, queries.pull(id, plan), () -> {});
  }

  /**
   * Waits some seconds: a query that has just been started or rebalanced has its rows in a moment.
   */
  private void awaitRows(String table) {
    String query = state.creatorOf(table).map(PersistentQuery::id).orElse("");
    long deadline = System.nanoTime() + ROWS_TIMEOUT.toNanos();
    while (!isRunning(query)) {
      if (System.nanoTime() > deadline) {
        throw new SqlException(
            "Materialized data for query %s is not available yet. Please try again later."
                .formatted(query));
      }
      try {
        Thread.sleep(ROWS_POLL.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for " + query, e);
      }
    }
  }

  private boolean isRunning(String query) {
    return queries.state(query).filter(now -> now == KafkaStreams.State.RUNNING).isPresent();
  }

  private static List<ResultColumn> columnsOf(QueryPlan plan) {
    return plan.columnOrder().stream()
        .map(name -> plan.schema().find(name).orElseThrow())
        .map(
            column ->
                new ResultColumn(column.name(), column.type(), column.namespace() == Namespace.KEY))
        .toList();
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

  /** The rows of a query as the server hands them on. */
  private static final class SelectedRows implements QueryAnswer.Rows {
    private final String queryId;
    private final List<ResultColumn> columns;
    private final boolean streaming;
    private final RowSource rows;
    private final Runnable afterClose;

    SelectedRows(
        String queryId,
        List<ResultColumn> columns,
        boolean streaming,
        RowSource rows,
        Runnable afterClose) {
      this.queryId = queryId;
      this.columns = columns;
      this.streaming = streaming;
      this.rows = rows;
      this.afterClose = afterClose;
    }

    @Override
    public String queryId() {
      return queryId;
    }

    @Override
    public List<ResultColumn> columns() {
      return columns;
    }

    @Override
    public boolean isStreaming() {
      return streaming;
    }

    @Override
    public String forEach(RowTaker taker) throws InterruptedException {
      try {
        return rows.forEach(taker) == RowSource.End.LIMIT_REACHED
            ? "Limit Reached"
            : "Query Completed";
      } catch (QueryFailedException e) {
        throw RequestException.generic(Code.SERVER_ERROR, e.getMessage());
      }
    }

    @Override
    public void close() {
      rows.close();
      afterClose.run();
    }
  }
}
