package dev.flagstream.engine.statement;

import dev.flagstream.engine.function.FunctionCatalog;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
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
  private final KafkaTopics topics;
  private final CommandRunner runner;
  private final CommandDistributor distributor;
  private final Inspector inspector;
  private final RowInserter inserter;
  private final TopicPrinter printer;
  private final Selects selects;

  /** Makes the parts that plan and run queries. */
  interface Parts {
    FunctionCatalog functions(EngineConfig config);

    Planner planner(EngineConfig config, FunctionCatalog functions);

    QueryEngine queries(EngineConfig config, Admin admin);
  }

  private Engine(EngineConfig config, URI server, Parts parts) {
    propertyRules = new PropertyRules(config);
    Admin admin = opened(Admin.create(config.kafkaClientProperties()));
    kafkaClusterId = connect(admin, config);
    topics = new KafkaTopics(admin);

    FunctionCatalog functions = parts.functions(config);
    Planner planner = parts.planner(config, functions);
    QueryEngine queries = opened(parts.queries(config, admin));
    var transientQueries = new TransientQueries();

    var commandTopic = new CommandTopic(config);
    commandTopic.createIfMissing(admin, config.internalTopicReplicas());
    runner =
        opened(
            new CommandRunner(commandTopic, new CommandHandler(state, planner, queries, topics)));
    distributor =
        opened(new CommandDistributor(config, state, planner, topics, commandTopic, runner));

    inserter = opened(new RowInserter(config, state, functions));
    printer = new TopicPrinter(config, topics);
    selects = new Selects(config, state, planner, queries, transientQueries);
    var descriptions =
        new Descriptions(
            state,
            queries,
            transientQueries,
            topics,
            new ConsumerProgress(admin),
            server.getAuthority(),
            new StatementExplainer(state, planner, topics));
    inspector =
        new Inspector(
            state,
            new TopicListing(topics, config.hiddenTopics()),
            new FunctionListing(functions),
            new PropertyListing(config, propertyRules),
            descriptions,
            new TopicAssertion(topics, Duration.ofSeconds(1)));
  }

  /**
   * Connects to Kafka, carries out former commands and resumes their queries.
   *
   * @param server where clients reach it
   */
  static Engine start(EngineConfig config, URI server, Parts parts) {
    var engine = new Engine(config, server, parts);
    try {
      engine.runner.start();
      return engine;
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  private static String connect(Admin admin, EngineConfig config) {
    try {
      return admin.describeCluster().clusterId().get(KAFKA_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new ConfigurationException(
          "bootstrap.servers='%s': Kafka does not answer (%s)"
              .formatted(config.bootstrapServers(), e.getCause() == null ? e : e.getCause()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while connecting to Kafka", e);
    }
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

  KafkaTopics topics() {
    return topics;
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

  RowInserter inserter() {
    return inserter;
  }

  TopicPrinter printer() {
    return printer;
  }

  Selects selects() {
    return selects;
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
