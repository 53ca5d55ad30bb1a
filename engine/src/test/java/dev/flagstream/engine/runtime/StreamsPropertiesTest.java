package dev.flagstream.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.engine.topology.ProcessingLog;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

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

  private static Object persistent(Map<String, Object> server, Map<String, String> statement) {
    Properties properties =
        StreamsProperties.persistent(
            new RuntimeSettings("test_", server, Map.of()), "CSAS_X_0", statement, NO_LOG);
    return properties.get(StreamsConfig.PROCESSING_GUARANTEE_CONFIG);
  }
}
