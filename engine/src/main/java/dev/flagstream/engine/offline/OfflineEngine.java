package dev.flagstream.engine.offline;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.planner.InsertedRow;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.StatementPlanner;
import dev.flagstream.engine.planner.query.QueryPlan;
import dev.flagstream.engine.planner.with.Session;
import dev.flagstream.engine.runtime.ColumnPicker;
import dev.flagstream.engine.runtime.PullQueries;
import dev.flagstream.engine.runtime.RowSource;
import dev.flagstream.engine.runtime.RuntimeSettings;
import dev.flagstream.engine.runtime.SourceWriter;
import dev.flagstream.engine.runtime.StreamsProperties;
import dev.flagstream.engine.statement.request.UnsupportedStatements;
import dev.flagstream.engine.statement.state.CarryOut;
import dev.flagstream.engine.statement.state.EngineState;
import dev.flagstream.engine.statement.state.PlannedTopics;
import dev.flagstream.engine.statement.state.QueryHost;
import dev.flagstream.engine.topology.QueryTopology;
import dev.flagstream.engine.topology.QueryTopologyBuilder;
import dev.flagstream.engine.topology.log.ProcessingLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;

/**
 * The engine without a broker, for tests of SQL: statements are planned and run as on a server, but
 * records pass through the queries one by one, in this thread. Not thread-safe.
 */
public final class OfflineEngine implements AutoCloseable {

  private static final String SERVICE_ID = "offline_";
  private static final int MAX_AGAIN = 10_000;
  private static final String SUBSTITUTION = "ksql.variable.substitution.enable";

  private final Path stateDirectory;
  private final RuntimeSettings settings;
  private final ProcessingLog log;
  private final QueryTopologyBuilder topologies;
  private final PullQueries pullQueries;
  private final EngineState state = new EngineState();
  private final OfflineTopics topics = new OfflineTopics();
  private final PlannedTopics topicChanges = new PlannedTopics(topics);
  private final CarryOut carryOut = new CarryOut(state, new Running());
  private final StatementPlanner planner;
  private final Map<String, OfflineQuery> queries = new LinkedHashMap<>();
  private final List<OfflineQuery> pushQueries = new ArrayList<>();
  private final Map<String, String> session;
  private final Map<String, String> variables = new HashMap<>();
  private int queryNumber;
  private int selectNumber;

  /**
   * An engine without streams and tables.
   *
   * @param properties the server's properties, for functions and queries
   * @param log receives what cannot be processed
   */
  public OfflineEngine(
      FunctionCatalog functions, Map<String, String> properties, ProcessingLog log) {
    this.stateDirectory = newStateDirectory();
    this.log = log;
    this.session = new HashMap<>(properties);
    this.settings = new RuntimeSettings(SERVICE_ID, streamsSettings(stateDirectory), properties);
    ExpressionCompiler compiler = new ExpressionCompiler(properties);
    this.topologies = new QueryTopologyBuilder(compiler, log, properties);
    this.pullQueries = new PullQueries(compiler, log);
    this.planner = new StatementPlanner(functions, topics);
  }

  private static Path newStateDirectory() {
    try {
      return Files.createTempDirectory("flagstream-offline");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a directory for state", e);
    }
  }

  private static Map<String, Object> streamsSettings(Path stateDirectory) {
    return Map.of(
        StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
        "offline:1",
        StreamsConfig.STATE_DIR_CONFIG,
        stateDirectory.toString(),
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        StreamsConfig.AT_LEAST_ONCE,
        // Every change comes out, as in ksqlDB's own offline tests.
        StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG,
        0L,
        StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
        BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class,
        // Closed windows, and rows that found no partner, come out at the next record, not after a
        // second of the clock.
        StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_WINDOWED_AGGREGATION,
        0L,
        StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_OUTER_JOIN_SPURIOUS_RESULTS_FIX,
        0L);
  }

  /** The streams, tables and types there are. */
  public Catalog catalog() {
    return state.catalog();
  }

  /** The topics there are, in the order they came to be. */
  public List<String> topics() {
    return topics.names();
  }

  /** The records written to a topic, in order. */
  public List<OfflineRecord> written(String topic) {
    return topics.records(topic);
  }

  // ---------------------------------------------------------------------------------- statements

  /** Reads a script; variables that statements before it DEFINEd are known to it. */
  public List<ParsedStatement> parse(String script) {
    boolean substitutes = Boolean.parseBoolean(session.getOrDefault(SUBSTITUTION, "true"));
    SqlParser parser = substitutes ? new SqlParser() : SqlParser.withoutSubstitution();
    return parser.parse(script, variables);
  }

  /** Carries out the statements of a script; SET, UNSET and DEFINE hold for those after them. */
  public void run(String script) {
    parse(script).forEach(this::run);
  }

  /**
   * Carries out a statement that changes something.
   *
   * @throws SqlException if it is refused
   * @throws UnsupportedFeatureException if this engine has no such statement
   */
  public void run(ParsedStatement parsed) {
    parsed.statement().accept(new Execution(parsed.text()));
  }

  /**
   * The whole way of a definition, from what was parsed to what runs: it is planned against what
   * there is, admitted or refused, gets its topics, and is carried out, which starts its query. A
   * server goes the same way, cut in two at the command topic; docs/architecture.md names the
   * stations.
   */
  private void define(Statement.Definition definition, String text) {
    PlannedStatement planned =
        planner.plan(definition, text, catalog(), new Session(session), queryNumber);
    PlannedStatement admitted = state.admit(planned);
    topicChanges.change(admitted);
    carryOut.carryOut(admitted);
  }

  private final class Execution
      implements Statement.Visitor<Void, RuntimeException>,
          Statement.Command.Visitor<Void>,
          Statement.SessionChange.Visitor<Void> {

    private final String text;

    Execution(String text) {
      this.text = text;
    }

    @Override
    public Void visitCommand(Statement.Command command) {
      return command.acceptCommand(this);
    }

    @Override
    public Void visitDefinition(Statement.Definition definition) {
      sourceTopic(definition).ifPresent(topics::ensure);
      define(definition, text);
      return null;
    }

    @Override
    public Void visitQueryControl(Statement.QueryControl control) {
      state.require(control);
      carryOut.carryOut(control);
      return null;
    }

    @Override
    public Void visitSessionChange(Statement.SessionChange change) {
      return change.acceptKind(this);
    }

    @Override
    public Void visitSetProperty(Statement.SetProperty set) {
      session.put(set.name(), set.value());
      return null;
    }

    @Override
    public Void visitUnsetProperty(Statement.UnsetProperty unset) {
      session.remove(unset.name());
      return null;
    }

    @Override
    public Void visitDefine(Statement.Define define) {
      variables.put(define.variable(), define.value());
      return null;
    }

    @Override
    public Void visitUndefine(Statement.Undefine undefine) {
      variables.remove(undefine.variable());
      return null;
    }

    @Override
    public Void visitInsertValues(Statement.InsertValues insert) {
      insert(planner.planInsert(insert, catalog(), new Session(session)));
      return null;
    }

    @Override
    public Void visitQuestion(Statement.Question question) {
      throw changesNothing();
    }

    @Override
    public Void visitRowsRequest(Statement.RowsRequest request) {
      throw changesNothing();
    }

    @Override
    public Void visitConnectRequest(Statement.ConnectRequest statement) {
      throw UnsupportedStatements.refusalOf(statement);
    }

    @Override
    public Void visitUnsupported(Statement.Unsupported statement) {
      throw UnsupportedStatements.refusalOf(statement);
    }

    private SqlException changesNothing() {
      return new SqlException(
          "Not a statement that changes something. What a SELECT gives is looked at by a query."
              + "\nStatement: "
              + text);
    }
  }

  /** Event time comes from the test, never from the clock: without ROWTIME it is 0. */
  private void insert(InsertedRow row) {
    SourceWriter writer = new SourceWriter(row.target());
    send(
        row.target().topic(),
        new OfflineRecord(
            writer.key(row), writer.value(row), row.timestampMs().orElse(0), List.of()));
  }

  /** Without a cluster, a source's topic counts as existing. */
  private static Optional<String> sourceTopic(Statement statement) {
    return statement instanceof Statement.CreateSource create
            && create.with().get("KAFKA_TOPIC") instanceof Expression.StringLiteral topic
            && !create.with().containsKey("PARTITIONS")
        ? Optional.of(topic.value())
        : Optional.empty();
  }

  /** The queries of this engine. */
  private final class Running implements QueryHost {

    @Override
    public Runnable prepare(PersistentQuery query) {
      queryNumber++;
      Properties properties =
          StreamsProperties.persistent(settings, query.id(), query.properties(), log);
      QueryTopology topology =
          topologies.build(query.id(), OfflineQuery.apart(query.plan()), properties);
      return () -> startQuery(query, topology, properties);
    }

    @Override
    public void terminate(String id) {
      OfflineQuery query = queries.remove(id);
      if (query != null) {
        query.close();
      }
    }

    @Override
    public void pause(String id) {
      // What comes for it is kept where it is delivered.
    }

    @Override
    public void resume(String id) {
      OfflineQuery query = queries.get(id);
      deliver(only(query, query.takeKept()));
    }
  }

  private void startQuery(PersistentQuery query, QueryTopology topology, Properties properties) {
    OfflineQuery started =
        new OfflineQuery(query.plan(), topology, properties, Optional.of(query.sink().topic()));
    OfflineQuery replaced = queries.put(query.id(), started);
    if (replaced == null) {
      readWhatWasWrittenBefore(started);
    } else {
      started.takeStateOf(replaced);
      replaced.close();
    }
  }

  /** As far as the query is to: of tables, and of all once that is SET; oldest first. */
  private void readWhatWasWrittenBefore(OfflineQuery query) {
    deliver(only(query, topics.oldestFirst(query.topicsFromTheirBeginning())));
  }

  // -------------------------------------------------------------------------------------- SELECT

  /**
   * Starts a SELECT: without EMIT a look at the rows there are now, else a query to which rows come
   * as records are sent, until the engine is closed.
   *
   * @throws SqlException if it is refused, or is no SELECT
   */
  public OfflineRows select(ParsedStatement parsed) {
    if (!(parsed.statement() instanceof Statement.QueryStatement select)) {
      throw new SqlException("Not a SELECT.\nStatement: " + parsed.text());
    }
    QueryPlan plan =
        planner.planQuery(select.query(), parsed.text(), catalog(), new Session(session));
    String id = "transient_" + selectNumber++;
    return plan instanceof QueryPlan.Push push
        ? push(id, push)
        : rowsOf(plan, pull(id, (QueryPlan.Pull) plan));
  }

  private OfflineRows push(String id, QueryPlan.Push plan) {
    OfflineRows rows = new OfflineRows(plan);
    ColumnPicker picker = ColumnPicker.of(plan.schema(), plan.columnOrder());
    Properties properties = StreamsProperties.ofReader(settings, id, session, log);
    QueryTopology topology =
        topologies.build(
            id,
            plan.plan(),
            properties,
            (key, value) -> {
              if (value == null) {
                rows.countDeleted();
              } else {
                rows.add(picker.pick(key, value));
              }
            });
    OfflineQuery query = new OfflineQuery(plan.plan(), topology, properties, Optional.empty());
    pushQueries.add(query);
    readWhatWasWrittenBefore(query);
    return rows;
  }

  private RowSource pull(String id, QueryPlan.Pull plan) {
    Source source = plan.source();
    if (source.kind() == SourceKind.STREAM) {
      return pullQueries.ofStream(id, plan, () -> topics.scan(source.topic()));
    }
    if (source.readOnly()) {
      return pullQueries.ofSourceTable(id, plan, () -> topics.scan(source.topic()));
    }
    OfflineQuery keeper =
        state
            .creatorOf(source.name())
            .map(creator -> queries.get(creator.id()))
            .filter(query -> query.materialization().isPresent())
            .orElseThrow(
                () -> new SqlException("No running query keeps the rows of " + source.name()));
    return pullQueries.ofTable(id, plan, keeper.materialization().get(), keeper.stores());
  }

  private static OfflineRows rowsOf(QueryPlan plan, RowSource source) {
    OfflineRows rows = new OfflineRows(plan);
    try (source) {
      source.forEach(rows::add);
      return rows;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while reading rows", e);
    }
  }

  // ------------------------------------------------------------------------------------- records

  /**
   * Writes a record to a topic and lets it, and all that follows from it, run to the end.
   *
   * @throws SqlException if there is no end, because queries read what they write
   */
  public void send(String topic, OfflineRecord sent) {
    topics.append(topic, sent);
    deliver(List.of(new Delivery(topic, sent, Optional.empty(), 0)));
  }

  /**
   * Lets a record, and all that follows from it, run to the end, and keeps none of it: for
   * histories too long to be kept. Running queries alone see it; paused ones are refused.
   *
   * @param output the topic of which the records are wanted
   * @return what was written to that topic, in order
   * @throws IllegalStateException if a query that reads a topic on the way is paused
   * @throws SqlException if there is no end, because queries read what they write
   */
  public List<OfflineRecord> pass(String topic, OfflineRecord sent, String output) {
    List<OfflineRecord> wanted = new ArrayList<>();
    Deque<Delivery> deliveries = new ArrayDeque<>();
    deliveries.add(new Delivery(topic, sent, Optional.empty(), 0));
    Rounds rounds = new Rounds();
    while (!deliveries.isEmpty()) {
      Delivery next = deliveries.poll();
      rounds.count(next);
      if (next.topic().equals(output)) {
        wanted.add(next.content());
      }
      for (Map.Entry<String, OfflineQuery> query : queries.entrySet()) {
        if (query.getValue().sourceTopics().contains(next.topic())) {
          pass(query.getKey(), query.getValue(), next, deliveries);
        }
      }
    }
    return wanted;
  }

  private void pass(String id, OfflineQuery query, Delivery delivery, Deque<Delivery> deliveries) {
    if (state.isPaused(id)) {
      throw new IllegalStateException("Query " + id + " is paused and would miss records");
    }
    String sink = query.sinkTopic().orElseThrow();
    for (OfflineRecord out : query.process(delivery.topic(), delivery.content())) {
      deliveries.add(delivery.followedBy(sink, out));
    }
    query.forgetChangelogs();
  }

  /**
   * A record on its way: to all queries that read its topic, or to one of them alone.
   *
   * @param steps how many queries it has come through
   */
  private record Delivery(
      String topic, OfflineRecord content, Optional<OfflineQuery> reader, int steps) {

    Delivery followedBy(String sink, OfflineRecord written) {
      return new Delivery(sink, written, Optional.empty(), steps + 1);
    }
  }

  /** Finds out whether records go round and round: through more queries than there are. */
  private final class Rounds {
    private int again;

    void count(Delivery delivery) {
      if (delivery.steps() > queries.size() && ++again > MAX_AGAIN) {
        throw new SqlException(
            "Queries read what they write: after "
                + MAX_AGAIN
                + " records that came back to where they had been there is no end. Topic: "
                + delivery.topic());
      }
    }
  }

  private static List<Delivery> only(
      OfflineQuery reader, List<Map.Entry<String, OfflineRecord>> records) {
    return records.stream()
        .map(held -> new Delivery(held.getKey(), held.getValue(), Optional.of(reader), 0))
        .toList();
  }

  private void deliver(List<Delivery> first) {
    Deque<Delivery> deliveries = new ArrayDeque<>(first);
    Rounds rounds = new Rounds();
    while (!deliveries.isEmpty()) {
      Delivery next = deliveries.poll();
      rounds.count(next);
      for (Map.Entry<String, OfflineQuery> query : List.copyOf(queries.entrySet())) {
        if (reads(query.getValue(), next)) {
          deliver(query.getKey(), query.getValue(), next, deliveries);
        }
      }
      pushQueries.stream()
          .filter(query -> reads(query, next))
          .forEach(query -> query.process(next.topic(), next.content()));
    }
  }

  private static boolean reads(OfflineQuery query, Delivery delivery) {
    return delivery
        .reader()
        .map(reader -> reader == query)
        .orElseGet(() -> query.sourceTopics().contains(delivery.topic()));
  }

  private void deliver(
      String id, OfflineQuery query, Delivery delivery, Deque<Delivery> deliveries) {
    if (state.isPaused(id)) {
      query.keep(delivery.topic(), delivery.content());
      return;
    }
    for (OfflineRecord out : query.process(delivery.topic(), delivery.content())) {
      String sink = query.sinkTopic().orElseThrow();
      topics.append(sink, out);
      deliveries.add(delivery.followedBy(sink, out));
    }
  }

  /**
   * Runs the queries one after the other: each gets all records sent that it reads, then all that
   * earlier queries wrote. What is sent is not in the topics afterwards.
   */
  public void runOneByOne(List<Map.Entry<String, OfflineRecord>> sent) {
    List<String> sentTopics = sent.stream().map(Map.Entry::getKey).distinct().toList();
    for (OfflineQuery query : queries.values()) {
      sent.stream()
          .filter(entry -> query.sourceTopics().contains(entry.getKey()))
          .forEach(entry -> process(query, entry.getKey(), entry.getValue()));
      query.sourceTopics().stream()
          .filter(topic -> !sentTopics.contains(topic))
          .forEach(
              topic -> topics.records(topic).forEach(content -> process(query, topic, content)));
    }
  }

  private void process(OfflineQuery query, String topic, OfflineRecord content) {
    query
        .process(topic, content)
        .forEach(out -> topics.append(query.sinkTopic().orElseThrow(), out));
  }

  /** The stream or table that says how a topic's records are written; the first one made. */
  public Optional<Source> sourceOf(String topic) {
    return catalog().sources().stream().filter(source -> source.topic().equals(topic)).findFirst();
  }

  @Override
  public void close() {
    queries.values().forEach(OfflineQuery::close);
    pushQueries.forEach(OfflineQuery::close);
    try (Stream<Path> files = Files.walk(stateDirectory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + stateDirectory, e);
    }
  }
}
