package dev.flagstream.engine.runtime;

import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.source.SkipUnreadable;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.state.BuiltInDslStoreSuppliers;

/** Puts together the settings of Kafka Streams for one query. */
public final class StreamsProperties {

  /** Under this name the handlers of errors find the processing log. */
  static final String PROCESSING_LOG = "flagstream.processing.log";

  /** Under this name the handlers of errors find the name of the query. */
  static final String QUERY_ID = "flagstream.query.id";

  /** Kafka's own 16 KiB hold ten rows of many columns; sending was 15 % of a pipeline's CPU. */
  private static final int BATCH_BYTES = 64 * 1024;

  /** What a query may keep of a row or group, beside its key and what Kafka adds. */
  private static final int INTERNAL_RECORD_BYTES = StateCodec.MOST_BYTES + 2 * 1024 * 1024;

  private static final String KSQL_STREAMS_PREFIX = "ksql.streams.";
  private static final String OLD_CACHE_NAME = "cache.max.bytes.buffering";

  private StreamsProperties() {}

  /**
   * For a query that runs until it is ended: exactly once unless the server or the statement says
   * otherwise.
   *
   * @param statement the properties that were SET when the statement was made
   */
  public static Properties persistent(
      RuntimeSettings settings, String queryId, Map<String, String> statement, ProcessingLog log) {
    Properties properties = new Properties();
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StateStoreTuning.class);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    internalTopics(properties);
    overlay(properties, settings.streams());
    overlay(properties, statement);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId(queryId));
    common(properties, queryId, log);
    return properties;
  }

  /** What a query keeps for itself must not be refused: not for its size, nor for its time. */
  private static void internalTopics(Properties properties) {
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, INTERNAL_RECORD_BYTES);
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
        Integer.toString(INTERNAL_RECORD_BYTES));
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
    properties.put(
        StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG),
        Long.toString(Long.MAX_VALUE));
  }

  /** For a query whose rows go to one reader: no state on disk, at least once. */
  public static Properties ofReader(
      RuntimeSettings settings, String queryId, Map<String, String> statement, ProcessingLog log) {
    Properties properties = new Properties();
    overlay(properties, settings.streams());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
    overlay(properties, statement);
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    properties.put(
        StreamsConfig.DSL_STORE_SUPPLIERS_CLASS_CONFIG,
        BuiltInDslStoreSuppliers.InMemoryDslStoreSuppliers.class);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.transientApplicationId(queryId));
    common(properties, queryId, log);
    return properties;
  }

  private static void common(Properties properties, String queryId, ProcessingLog log) {
    properties.put(
        StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, SkipUnreadable.class);
    properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, SkipFailed.class);
    properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, SkipUnwritten.class);
    properties.put(PROCESSING_LOG, log);
    properties.put(QUERY_ID, queryId);
  }

  /**
   * Leaves out what a topology has no use for. If no task has several partitions, there is none
   * whose rows could be waited for in order of time; Kafka Streams asks before each row all the
   * same, and to be asked costs it several texts.
   */
  static void fit(Properties properties, TopologyDescription topology) {
    if (topology.subtopologies().stream().allMatch(part -> topicsOf(part) <= 1)) {
      properties.putIfAbsent(
          StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    }
  }

  /** A task has one partition of each. */
  private static int topicsOf(TopologyDescription.Subtopology part) {
    return part.nodes().stream()
        .filter(TopologyDescription.Source.class::isInstance)
        .mapToInt(source -> ((TopologyDescription.Source) source).topicSet().size())
        .sum();
  }

  /**
   * A later setting replaces an earlier one, whichever of its two names it goes by. If the same
   * settings have both names, as the new one beside a default under the old, the new one counts: it
   * is later in the alphabet.
   */
  private static void overlay(Properties properties, Map<String, ?> settings) {
    new TreeMap<>(settings)
        .forEach(
            (name, value) -> {
              String plain =
                  name.startsWith(KSQL_STREAMS_PREFIX)
                      ? name.substring(KSQL_STREAMS_PREFIX.length())
                      : name;
              if (!plain.startsWith("ksql.")) {
                properties.put(
                    plain.equals(OLD_CACHE_NAME)
                        ? StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG
                        : plain,
                    value);
              }
            });
  }
}
