package dev.flagstream.engine.runtime;

import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.topology.QueryTopologyBuilder;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.row.Materialization;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.LagInfo;
import org.apache.kafka.streams.ThreadMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queries: persistent ones as Kafka Streams applications that go on until they are ended, push
 * and pull queries for as long as someone reads their rows. Thread-safe.
 */
public final class QueryRuntime implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(QueryRuntime.class);

  /**
   * Statements come one after the other; when a server starts again, all of its queries at once.
   */
  private static final int LAUNCHES_AT_ONCE = 2;

  private final RuntimeSettings settings;
  private final ProcessingLog log;
  private final QueryTopologyBuilder topologies;
  private final PullQueries pullQueries;
  private final InternalTopics internalTopics;
  private final RecordCheckingClients clients;
  private final Map<String, RunningQuery> queries = new ConcurrentHashMap<>();
  private final Set<PushQuery> pushQueries = ConcurrentHashMap.newKeySet();
  private final ExecutorService launches =
      Executors.newFixedThreadPool(LAUNCHES_AT_ONCE, task -> daemon(task, "query-launches"));
  private final ScheduledExecutorService restarts =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "query-restarts"));

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A runtime without queries.
   *
   * @param admin stays the caller's to close, after this runtime
   * @param log stays the caller's to close, after this runtime
   */
  public QueryRuntime(
      RuntimeSettings settings, ExpressionCompiler compiler, Admin admin, ProcessingLog log) {
    this.settings = settings;
    this.log = log;
    this.topologies = new QueryTopologyBuilder(compiler, log, settings.functions());
    this.pullQueries = new PullQueries(compiler, log);
    this.internalTopics = new InternalTopics(admin);
    this.clients = new RecordCheckingClients(admin);
  }

  /**
   * Starts a persistent query, or resumes it where its consumer group stopped. Returns when its
   * topology is built; its application may be made after that, and what fails then is among its
   * failures.
   *
   * @throws IllegalStateException if it runs already
   */
  public void start(PersistentQuery query) {
    Properties properties =
        StreamsProperties.persistent(settings, query.id(), query.properties(), log);
    RunningQuery running =
        new RunningQuery(
            query,
            properties,
            () -> topologies.build(query.id(), query.plan(), properties),
            clients,
            log,
            launches,
            restarts);
    if (queries.putIfAbsent(query.id(), running) != null) {
      throw new IllegalStateException("Query " + query.id() + " runs already");
    }
    try {
      running.start();
    } catch (RuntimeException e) {
      queries.remove(query.id());
      throw e;
    }
  }

  /** Ends a persistent query for good: its state and its internal topics go too. */
  public void terminate(String queryId) {
    RunningQuery query = queries.remove(queryId);
    if (query != null) {
      query.stop();
      query.removeState();
    }
    internalTopics.removeOf(settings.applicationId(queryId));
  }

  /** Ends all push queries; their readers get the end of their rows. */
  public void endPushQueries() {
    List.copyOf(pushQueries).forEach(PushQuery::close);
  }

  /** Stops a persistent query; one of the same id can go on with its progress and its state. */
  public void stop(String queryId) {
    RunningQuery query = queries.remove(queryId);
    if (query != null) {
      query.stop();
    }
  }

  /**
   * Makes a persistent query wait, keeping its place.
   *
   * @throws IllegalArgumentException if it does not run here
   */
  public void pause(String queryId) {
    running(queryId).pause();
  }

  /**
   * Lets a paused query go on.
   *
   * @throws IllegalArgumentException if it does not run here
   */
  public void resume(String queryId) {
    running(queryId).resume();
  }

  private RunningQuery running(String queryId) {
    RunningQuery query = queries.get(queryId);
    if (query == null) {
      throw new IllegalArgumentException("There is no query " + queryId);
    }
    return query;
  }

  /** The state of a persistent query; empty if it does not run here. */
  public Optional<KafkaStreams.State> state(String queryId) {
    return Optional.ofNullable(queries.get(queryId)).map(RunningQuery::state);
  }

  /** Whether the stream threads of a persistent query keep dying, so that it gets nowhere. */
  public boolean keepsFailing(String queryId) {
    RunningQuery query = queries.get(queryId);
    return query != null && query.deaths().keepComing();
  }

  /** The latest failures of a persistent query, oldest first; none if it does not run here. */
  public List<QueryFailure> failures(String queryId) {
    RunningQuery query = queries.get(queryId);
    return query == null ? List.of() : query.deaths().latest();
  }

  /** The topology of a persistent query as Kafka Streams prints it. */
  public Optional<String> topology(String queryId) {
    return Optional.ofNullable(queries.get(queryId)).map(RunningQuery::describe);
  }

  /** What the stream threads of a persistent query do; none if it does not run here. */
  public Collection<ThreadMetadata> threads(String queryId) {
    return Optional.ofNullable(queries.get(queryId))
        .flatMap(RunningQuery::application)
        .map(KafkaStreams::metadataForLocalThreads)
        .orElseGet(Set::of);
  }

  /** How far the state stores of a persistent query are behind, by store and partition. */
  public Map<String, Map<Integer, LagInfo>> storeLags(String queryId) {
    return Optional.ofNullable(queries.get(queryId))
        .flatMap(RunningQuery::application)
        .map(KafkaStreams::allLocalStorePartitionLags)
        .orElseGet(Map::of);
  }

  /** What Kafka measures of a persistent query; nothing if it does not run here. */
  public Map<MetricName, ? extends Metric> metrics(String queryId) {
    return Optional.ofNullable(queries.get(queryId))
        .flatMap(RunningQuery::application)
        .<Map<MetricName, ? extends Metric>>map(KafkaStreams::metrics)
        .orElseGet(Map::of);
  }

  /** The consumer group of a persistent query. */
  public String consumerGroup(String queryId) {
    return settings.applicationId(queryId);
  }

  /** The persistent queries that run here. */
  public Collection<PersistentQuery> queries() {
    return queries.values().stream().map(RunningQuery::query).toList();
  }

  /**
   * Starts a push query.
   *
   * @param queryId names the query in logs and in the cluster
   * @param properties what was SET for it
   */
  public RowSource push(String queryId, QueryPlan.Push plan, Map<String, String> properties) {
    Properties streams = StreamsProperties.ofReader(settings, queryId, properties, log);
    PushQuery push =
        new PushQuery(
            plan,
            closed -> {
              pushQueries.remove(closed);
              internalTopics.removeOf(settings.transientApplicationId(queryId));
            });
    push.start(
        new KafkaStreams(
            topologies.build(queryId, plan.plan(), streams, push::onRow).topology(), streams));
    pushQueries.add(push);
    return push;
  }

  /** Starts a pull query. */
  public RowSource pull(String queryId, QueryPlan.Pull plan) {
    Supplier<TopicScan> scans =
        () -> KafkaTopicScan.start(plan.source().topic(), settings.streams());
    if (plan.source().kind() == SourceKind.STREAM) {
      return pullQueries.ofStream(queryId, plan, scans);
    }
    return plan.source().readOnly()
        ? pullQueries.ofSourceTable(queryId, plan, scans)
        : pullTable(queryId, plan);
  }

  private RowSource pullTable(String queryId, QueryPlan.Pull plan) {
    String table = plan.source().name();
    for (RunningQuery query : queries.values()) {
      Optional<Materialization> store = query.materialization();
      if (query.query().sink().name().equals(table) && store.isPresent()) {
        Optional<KafkaStreams> application = query.application();
        if (application.isPresent()) {
          return pullQueries.ofTable(queryId, plan, store.get(), TableStores.of(application.get()));
        }
      }
    }
    throw new QueryFailedException("No running query keeps the rows of " + table);
  }

  /** Stops all queries, keeping their progress and state. */
  @Override
  public void close() {
    restarts.shutdownNow();
    endPushQueries();
    queries.values().parallelStream().forEach(RunningQuery::stop);
    queries.clear();
    launches.shutdown();
    LOG.info("All queries stopped");
  }
}
