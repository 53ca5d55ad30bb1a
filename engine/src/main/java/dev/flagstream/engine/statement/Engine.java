package dev.flagstream.engine.statement;

import dev.flagstream.engine.expression.ExpressionCompiler;
import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.runtime.ProcessingLogTopic;
import dev.flagstream.engine.runtime.QueryRuntime;
import dev.flagstream.engine.runtime.RuntimeSettings;
import dev.flagstream.engine.statement.command.ClusterEnd;
import dev.flagstream.engine.statement.command.CommandDistributor;
import dev.flagstream.engine.statement.command.CommandHandler;
import dev.flagstream.engine.statement.command.CommandRunner;
import dev.flagstream.engine.statement.command.CommandTopic;
import dev.flagstream.engine.statement.command.ProcessingLogStream;
import dev.flagstream.engine.statement.config.ConfigurationException;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.config.PropertyRules;
import dev.flagstream.engine.statement.connect.Connectors;
import dev.flagstream.engine.statement.connect.RemoteConnectWorker;
import dev.flagstream.engine.statement.inspect.ClusterStatus;
import dev.flagstream.engine.statement.inspect.ConsumerProgress;
import dev.flagstream.engine.statement.inspect.Descriptions;
import dev.flagstream.engine.statement.inspect.FunctionListing;
import dev.flagstream.engine.statement.inspect.Inspector;
import dev.flagstream.engine.statement.inspect.PropertyListing;
import dev.flagstream.engine.statement.inspect.SourceStatistics;
import dev.flagstream.engine.statement.inspect.StatementExplainer;
import dev.flagstream.engine.statement.inspect.TopicAssertion;
import dev.flagstream.engine.statement.inspect.TopicListing;
import dev.flagstream.engine.statement.rows.RowInserter;
import dev.flagstream.engine.statement.rows.Selects;
import dev.flagstream.engine.statement.rows.TopicPrinter;
import dev.flagstream.engine.statement.rows.TransientQueries;
import dev.flagstream.engine.statement.state.BrokerTopics;
import dev.flagstream.engine.statement.state.EngineState;
import dev.flagstream.engine.statement.state.SessionPlanner;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a running engine, put together in order and taken apart in reverse. */
final class Engine implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
  private static final long KAFKA_TIMEOUT_SECONDS = 30;

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final PropertyRules propertyRules;
  private final EngineState state = new EngineState();
  private final String kafkaClusterId;
  private final BrokerTopics topics;
  private final ClusterEnd end;
  private final CommandRunner runner;
  private final CommandDistributor distributor;
  private final Inspector inspector;
  private final Connectors connectors;
  private final RowInserter inserter;
  private final TopicPrinter printer;
  private final Selects selects;
  private final TransientQueries transientQueries;
  private final ProcessingLogStream processingLog;
  private final ClusterStatus clusterStatus;

  private Engine(EngineConfig config, URI server, FunctionCatalog functions) {
    propertyRules = new PropertyRules(config);
    processingLog = new ProcessingLogStream(config);
    Admin admin = opened(admin(config));
    kafkaClusterId = connect(admin, config);
    topics = new BrokerTopics(admin);

    SessionPlanner planner = new SessionPlanner(functions, config.properties());
    QueryRuntime queries = opened(runtime(config, admin, server));
    transientQueries = new TransientQueries();

    CommandTopic commandTopic = new CommandTopic(config);
    commandTopic.createIfMissing(admin, config.internalTopicReplicas());
    end = new ClusterEnd(state, queries, topics, ownTopics(config));
    runner =
        opened(
            new CommandRunner(
                commandTopic, new CommandHandler(state, planner, queries, topics, end)));
    distributor =
        opened(new CommandDistributor(config, state, planner, topics, commandTopic, runner));

    inserter = opened(new RowInserter(config, state, planner, topics));
    printer = new TopicPrinter(config, topics);
    selects = new Selects(config, state, planner, topics, queries, transientQueries);
    clusterStatus = new ClusterStatus(config, state, queries, server.getAuthority());
    Descriptions descriptions =
        new Descriptions(
            state,
            queries,
            transientQueries,
            topics,
            new ConsumerProgress(admin),
            server.getAuthority(),
            new SourceStatistics(queries, server.getAuthority()),
            new StatementExplainer(state, planner, topics));
    connectors =
        new Connectors(
            new RemoteConnectWorker(config.connectUrl(), config.connectCredentials()),
            topic ->
                state.catalog().sources().stream()
                    .filter(source -> source.topic().equals(topic))
                    .map(source -> descriptions.describe(source, false))
                    .toList());
    inspector =
        new Inspector(
            state,
            new TopicListing(topics, config.hiddenTopics()),
            new FunctionListing(functions),
            new PropertyListing(config, propertyRules),
            descriptions,
            new TopicAssertion(topics, config.assertTopicTimeout()));
  }

  /**
   * Connects to Kafka, carries out former commands and resumes their queries.
   *
   * @param server where clients reach it
   * @param kafka completes when Kafka can be reached; functions are loaded meanwhile
   */
  static Engine start(EngineConfig config, URI server, CompletableFuture<?> kafka) {
    FunctionCatalog functions = config.loadFunctions();
    kafka.join();
    Engine engine = new Engine(config, server, functions);
    try {
      engine.processingLog.createTopic(engine.topics);
      engine.runner.start();
      if (!engine.end.isAsked()) {
        engine.processingLog.createStream(engine.state, engine.distributor);
      }
      return engine;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      engine.close();
      throw new IllegalStateException("Interrupted while starting", e);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** What a service keeps of itself in Kafka. */
  private static List<String> ownTopics(EngineConfig config) {
    List<String> topics = new ArrayList<>();
    if (config.flag("ksql.logging.processing.topic.auto.create")) {
      topics.add(config.processingLogTopic());
    }
    topics.add(config.commandTopic());
    return topics;
  }

  private static Admin admin(EngineConfig config) {
    try {
      return Admin.create(config.kafkaClientProperties());
    } catch (KafkaException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      throw new ConfigurationException(
          "bootstrap.servers='%s': no client of Kafka can be made with these settings (%s)"
              .formatted(config.bootstrapServers(), root),
          e);
    }
  }

  private static String connect(Admin admin, EngineConfig config) {
    try {
      return admin.describeCluster().clusterId().get(KAFKA_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      if (e.getCause() instanceof AuthenticationException refusal) {
        throw new ConfigurationException(
            "bootstrap.servers='%s': Kafka refuses the login (%s). Check security.protocol, sasl.* and ssl.*"
                .formatted(config.bootstrapServers(), refusal.getMessage()),
            e);
      }
      throw new ConfigurationException(
          "bootstrap.servers='%s': Kafka does not answer (%s)"
              .formatted(config.bootstrapServers(), e.getCause() == null ? e : e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while connecting to Kafka", e);
    }
  }

  private QueryRuntime runtime(EngineConfig config, Admin admin, URI server) {
    Map<String, Object> streams = config.streamsProperties();
    // Without it Kafka Streams does not tell where a key is.
    streams.put(StreamsConfig.APPLICATION_SERVER_CONFIG, server.getAuthority());
    ProcessingLogTopic log =
        opened(
            new ProcessingLogTopic(
                config.processingLogTopic(),
                config.flag("ksql.logging.processing.rows.include"),
                streams));
    return new QueryRuntime(
        new RuntimeSettings(config.serviceId(), streams, config.properties()),
        new ExpressionCompiler(config.properties()),
        admin,
        log);
  }

  private <T extends AutoCloseable> T opened(T part) {
    toClose.push(part);
    return part;
  }

  PropertyRules propertyRules() {
    return propertyRules;
  }

  EngineState state() {
    return state;
  }

  String kafkaClusterId() {
    return kafkaClusterId;
  }

  BrokerTopics topics() {
    return topics;
  }

  ClusterEnd end() {
    return end;
  }

  CommandRunner runner() {
    return runner;
  }

  CommandDistributor distributor() {
    return distributor;
  }

  Inspector inspector() {
    return inspector;
  }

  Connectors connectors() {
    return connectors;
  }

  RowInserter inserter() {
    return inserter;
  }

  TopicPrinter printer() {
    return printer;
  }

  ClusterStatus clusterStatus() {
    return clusterStatus;
  }

  Selects selects() {
    return selects;
  }

  TransientQueries transientQueries() {
    return transientQueries;
  }

  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      AutoCloseable part = toClose.pop();
      try {
        part.close();
      } catch (Exception e) { // of AutoCloseable: the others must be closed all the same
        LOG.warn("{} did not close", part.getClass().getSimpleName(), e);
      }
    }
  }
}
