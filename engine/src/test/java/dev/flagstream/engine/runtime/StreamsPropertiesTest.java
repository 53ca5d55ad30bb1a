package dev.flagstream.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.statement.config.EngineConfig;
import dev.flagstream.engine.topology.log.ProcessingLog;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.rocksdb.Options;

/** What Kafka Streams is told for a query. */
class StreamsPropertiesTest {

  private static final ProcessingLog NO_LOG =
      new ProcessingLog() {
        @Override
        public void unreadable(
            String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {}

        @Override
        public void failed(
            String logger, String message, Optional<Throwable> cause, Supplier<String> row) {}
      };

  @Test
  void persistentQueriesWriteExactlyOnceUnlessToldOtherwise() {
    assertThat(persistent(Map.of(), Map.of())).isEqualTo("exactly_once_v2");
    assertThat(persistent(Map.of("processing.guarantee", "at_least_once"), Map.of()))
        .isEqualTo("at_least_once");
    assertThat(persistent(Map.of(), Map.of("ksql.streams.processing.guarantee", "at_least_once")))
        .isEqualTo("at_least_once");
  }

  @Test
  void storesAreTunedUnlessTheServerSaysOtherwise() {
    assertThat(properties(Map.of(), Map.of()))
        .containsEntry("rocksdb.config.setter", StateStoreTuning.class);
    assertThat(properties(Map.of("rocksdb.config.setter", "com.example.Own"), Map.of()))
        .containsEntry("rocksdb.config.setter", "com.example.Own");
  }

  @Test
  void onlyTasksOfSeveralPartitionsWaitForRowsInOrderOfTime() {
    StreamsBuilder one = new StreamsBuilder();
    one.stream("a").groupBy((key, value) -> value).count().toStream().to("b");
    StreamsBuilder joined = new StreamsBuilder();
    joined.stream("a").merge(joined.stream("b")).to("c");

    assertThat(idle(one, Map.of())).as("two parts of one topic each").isEqualTo(-1L);
    assertThat(idle(one, Map.of("max.task.idle.ms", 70L))).isEqualTo(70L);
    assertThat(idle(joined, Map.of())).isNull();
  }

  private static Object idle(StreamsBuilder topology, Map<String, Object> server) {
    Properties properties = properties(server, Map.of());
    StreamsProperties.fit(properties, topology.build().describe());
    return properties.get(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG);
  }

  @Test
  void producersSendLargeBatchesUnlessToldOtherwise() {
    assertThat(batchSize(Map.of(), Map.of())).isEqualTo(64 * 1024);
    assertThat(batchSize(Map.of("batch.size", "1000"), Map.of())).isEqualTo(1_000);
    assertThat(batchSize(Map.of("producer.batch.size", "2000"), Map.of())).isEqualTo(2_000);
    assertThat(batchSize(Map.of(), Map.of("ksql.streams.producer.batch.size", "3000")))
        .isEqualTo(3_000);
  }

  /** As Kafka Streams hands it to a producer. */
  private static Object batchSize(Map<String, Object> server, Map<String, String> statement) {
    Properties properties = properties(server, statement);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092");
    Map<String, Object> producer = new StreamsConfig(properties).getProducerConfigs("client");
    return Integer.valueOf(String.valueOf(producer.get("batch.size")));
  }

  /** ksqlDB has a default under the old name, beside which the new one may be set. */
  @Test
  void theNewNameOfTheCacheCountsWhereTheOldOneIsSetToo() {
    Map<String, String> newFirst = new LinkedHashMap<>();
    newFirst.put("ksql.streams.statestore.cache.max.bytes", "1");
    newFirst.put("ksql.streams.cache.max.bytes.buffering", "2");
    assertThat(cacheBytes(Map.of(), newFirst)).isEqualTo("1");

    Map<String, String> server =
        Map.of(
            "bootstrap.servers", "localhost:9092", "ksql.streams.statestore.cache.max.bytes", "0");
    assertThat(cacheBytes(EngineConfig.of(server).streamsProperties(), Map.of())).isEqualTo("0");
  }

  @Test
  void aStatementsCacheReplacesTheServersByEitherName() {
    assertThat(
            cacheBytes(
                Map.of("statestore.cache.max.bytes", "1"),
                Map.of("ksql.streams.cache.max.bytes.buffering", "2")))
        .isEqualTo("2");
  }

  private static Object cacheBytes(Map<String, Object> server, Map<String, String> statement) {
    return properties(server, statement).get(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG);
  }

  @Test
  void storesFilterWholeKeysInMemory() {
    try (Options options = new Options()) {
      new StateStoreTuning().setConfig("store", options, Map.of());

      assertThat(options.memtableWholeKeyFiltering()).isTrue();
      assertThat(options.memtablePrefixBloomSizeRatio()).isPositive();
    }
  }

  private static Object persistent(Map<String, Object> server, Map<String, String> statement) {
    return properties(server, statement).get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
  }

  private static Properties properties(Map<String, Object> server, Map<String, String> statement) {
    return StreamsProperties.persistent(
        new RuntimeSettings("test_", server, Map.of()), "CSAS_X_0", statement, NO_LOG);
  }
}
