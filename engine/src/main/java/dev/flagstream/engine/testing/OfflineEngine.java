package dev.flagstream.engine.testing;

import dev.flagstream.engine.ast.Expression;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.catalog.InMemoryCatalog;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowWriter;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.planner.InsertedRow;
import dev.flagstream.engine.planner.PlannedStatement;
import dev.flagstream.engine.planner.PlannedStatement.DefineSource;
import dev.flagstream.engine.planner.PlannedStatement.DefineType;
import dev.flagstream.engine.planner.PlannedStatement.DropSource;
import dev.flagstream.engine.planner.PlannedStatement.DropType;
import dev.flagstream.engine.planner.PlannedStatement.PersistentQuery;
import dev.flagstream.engine.planner.PlannedStatement.StartQuery;
import dev.flagstream.engine.planner.Session;
import dev.flagstream.engine.planner.StatementPlanner;
import dev.flagstream.engine.runtime.RuntimeSettings;
import dev.flagstream.engine.runtime.StreamsProperties;
import dev.flagstream.engine.topology.ProcessingLog;
import dev.flagstream.engine.topology.QueryTopologyBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
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

  private final Path stateDirectory;
  private final RuntimeSettings settings;
  private final ProcessingLog log;
  private final QueryTopologyBuilder topologies;
  private final SqlParser parser = new SqlParser();
  private final InMemoryCatalog catalog = new InMemoryCatalog();
  private final OfflineTopics topics = new OfflineTopics();
  private final StatementPlanner planner;
  private final Map<String, OfflineQuery> queries = new LinkedHashMap<>();
  private final Map<String, String> session;
  private int queryNumber;

  /**
   * An engine without streams and tables.
   *
   * @param properties the server's properties, for functions and queries
   * @param log is told of what cannot be processed
   */
  public OfflineEngine(
      FunctionCatalog functions, Map<String, String> properties, ProcessingLog log) {
    this.stateDirectory = newStateDirectory();
    this.log = log;
    this.session = new HashMap<>(properties);
    this.settings = new RuntimeSettings(SERVICE_ID, streamsSettings(stateDirectory), properties);
    this.topologies = new QueryTopologyBuilder(new ExpressionCompiler(properties), log, properties);
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
        // Closed windows come out at the next record, not after a second of the clock.
        StreamsConfig.InternalConfig.EMIT_INTERVAL_MS_KSTREAMS_WINDOWED_AGGREGATION,
        0L);
  }

  /** The streams, tables and types there are. */
  public Catalog catalog() {
    return catalog;
  }

  /** Makes a topic as if someone else had, unless it is there. */
  public void ensureTopic(String topic) {
    topics.ensure(topic);
  }

  /** What was written to a topic, in order. */
  public List<OfflineRecord> written(String topic) {
    return topics.records(topic);
  }

  /** Carries out the statements of a script; SET and UNSET hold for those after them. */
  public void run(String script) {
    parser.parse(script).forEach(this::run);
  }

  private void run(ParsedStatement parsed) {
    Statement statement = parsed.statement();
    if (statement instanceof Statement.SetProperty set) {
      session.put(set.name(), set.value());
    } else if (statement instanceof Statement.UnsetProperty unset) {
      session.remove(unset.name());
    } else if (statement instanceof Statement.InsertValues insert) {
      insert(planner.planInsert(insert, catalog, new Session(session)));
    } else {
      sourceTopic(statement).ifPresent(topics::ensure);
      carryOut(plan(parsed));
    }
  }

  /** Event time comes from the test, never from the clock: without ROWTIME it is 0. */
  private void insert(InsertedRow row) {
    Source target = row.target();
    RowWriter keys = RowFormats.keyWriter(target.keyFormat(), target.schema().key());
    RowWriter values = RowFormats.valueWriter(target.valueFormat(), target.schema().value());
    send(
        target.topic(),
        new OfflineRecord(
            target.schema().key().isEmpty() ? null : keys.write(row.key().toArray()),
            values.write(row.value().toArray()),
            row.timestampMs().orElse(0),
            List.of()));
  }

  private PlannedStatement plan(ParsedStatement parsed) {
    return planner.plan(
        parsed.statement(), parsed.text(), catalog, new Session(session), queryNumber);
  }

  /** There is no cluster that a source's topic could already be in: it counts as being there. */
  private static Optional<String> sourceTopic(Statement statement) {
    return statement instanceof Statement.CreateSource create
            && create.with().get("KAFKA_TOPIC") instanceof Expression.StringLiteral topic
            && !create.with().containsKey("PARTITIONS")
        ? Optional.of(topic.value())
        : Optional.empty();
  }

  private void carryOut(PlannedStatement planned) {
    if (planned instanceof DefineSource define) {
      define.topic().ifPresent(topics::create);
      catalog.put(define.source());
    } else if (planned instanceof StartQuery start) {
      queryNumber++;
      start.topic().ifPresent(topics::create);
      startQuery(start);
    } else if (planned instanceof DropSource drop) {
      drop.queryToEnd().ifPresent(this::endQuery);
      catalog.remove(drop.source().name());
      if (drop.deleteTopic()) {
        topics.delete(drop.source().topic());
      }
    } else if (planned instanceof DefineType define) {
      catalog.putType(define.name(), define.type());
    } else if (planned instanceof DropType drop) {
      catalog.removeType(drop.name());
    }
  }

  private void startQuery(StartQuery start) {
    PersistentQuery query = start.query();
    if (start.definesSink()) {
      String sink = query.sink().name();
      List.copyOf(queries.values()).stream()
          .filter(old -> old.query().sink().name().equals(sink))
          .forEach(old -> endQuery(old.query().id()));
      catalog.put(query.sink());
    }
    Properties properties =
        StreamsProperties.persistent(settings, query.id(), query.properties(), log);
    queries.put(
        query.id(),
        new OfflineQuery(
            query, topologies.build(query.id(), query.plan(), properties).topology(), properties));
  }

  private void endQuery(String id) {
    OfflineQuery query = queries.remove(id);
    if (query != null) {
      query.close();
    }
  }

  /** Writes a record to a topic and lets it, and all that follows from it, run to the end. */
  public void send(String topic, OfflineRecord sent) {
    Deque<Delivery> deliveries = new ArrayDeque<>();
    deliveries.add(new Delivery(topic, sent));
    while (!deliveries.isEmpty()) {
      Delivery next = deliveries.poll();
      topics.append(next.topic(), next.content());
      for (OfflineQuery query : queries.values()) {
        if (query.sourceTopics().contains(next.topic())) {
          query
              .process(next.topic(), next.content())
              .forEach(out -> deliveries.add(new Delivery(query.sinkTopic(), out)));
        }
      }
    }
  }

  private record Delivery(String topic, OfflineRecord content) {}

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
    query.process(topic, content).forEach(out -> topics.append(query.sinkTopic(), out));
  }

  /** The stream or table that says how a topic's records are written; the first one made. */
  public Optional<Source> sourceOf(String topic) {
    return catalog.sources().stream().filter(source -> source.topic().equals(topic)).findFirst();
  }

  @Override
  public void close() {
    queries.values().forEach(OfflineQuery::close);
    try (Stream<Path> files = Files.walk(stateDirectory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + stateDirectory, e);
    }
  }
}
