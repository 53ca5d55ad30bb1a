package dev.flagstream.engine.statement.command;

import dev.flagstream.engine.ast.Statement.Command;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.planner.PlannedStatement.TopicToCreate;
import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.statement.state.BrokerTopics;
import dev.flagstream.engine.statement.state.EngineState;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/** Makes the topic of processing errors and the stream over it, where the settings ask for them. */
public final class ProcessingLogStream {

  private static final String COLUMNS =
      """
      logger VARCHAR, \
      level VARCHAR, \
      time BIGINT, \
      message STRUCT<\
      type INT, \
      deserializationError STRUCT<target VARCHAR, errorMessage VARCHAR, recordB64 VARCHAR, \
      cause ARRAY<VARCHAR>, `topic` VARCHAR>, \
      recordProcessingError STRUCT<errorMessage VARCHAR, record VARCHAR, cause ARRAY<VARCHAR>>, \
      productionError STRUCT<errorMessage VARCHAR>, \
      serializationError STRUCT<target VARCHAR, errorMessage VARCHAR, record VARCHAR, \
      cause ARRAY<VARCHAR>, `topic` VARCHAR>, \
      kafkaStreamsThreadError STRUCT<errorMessage VARCHAR, threadName VARCHAR, \
      cause ARRAY<VARCHAR>>>""";

  /**
   * An entry has the time at which the broker took it. By the server's clock, a broker that is an
   * hour behind would refuse it as one of the future, and with it the news of all else that it
   * refuses. When the server wrote it stands in column {@code time}.
   */
  private static final Map<String, String> TOPIC_CONFIGS =
      Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.toString());

  private final EngineConfig config;

  public ProcessingLogStream(EngineConfig config) {
    this.config = config;
  }

  /** Makes the topic unless it is there; to be called before any query starts. */
  public void createTopic(BrokerTopics topics) {
    if (config.flag("ksql.logging.processing.topic.auto.create")) {
      topics.create(
          new TopicToCreate(
              config.processingLogTopic(),
              config.integer("ksql.logging.processing.topic.partitions"),
              (short) config.integer("ksql.logging.processing.topic.replication.factor"),
              TOPIC_CONFIGS));
    }
  }

  /** Makes the stream unless there is one of its name. */
  public void createStream(EngineState state, CommandDistributor distributor)
      throws InterruptedException {
    String name = config.get("ksql.logging.processing.stream.name").orElseThrow();
    if (config.flag("ksql.logging.processing.stream.auto.create")
        && state.catalog().source(name).isEmpty()) {
      String sql =
          "CREATE STREAM %s (%s) WITH (KAFKA_TOPIC='%s', VALUE_FORMAT='JSON');"
              .formatted(name, COLUMNS, config.processingLogTopic());
      Command create = (Command) new SqlParser().parse(sql).get(0).statement();
      distributor.distribute(create, sql, Map.of());
    }
  }
}
