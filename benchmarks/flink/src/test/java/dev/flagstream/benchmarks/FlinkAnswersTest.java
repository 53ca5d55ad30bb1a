package dev.flagstream.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.benchmarks.handwritten.Jobs;
import dev.flagstream.benchmarks.workload.InputTopics;
import dev.flagstream.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flink SQL, as the process that is measured, does what the program written by hand does. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class FlinkAnswersTest {

  private static final Path JAR = Path.of("target", "flagstream-benchmark-flink.jar");
  private static final String SINK = "answers";
  private static final int CARDS = 50;
  private static final int TRANSACTIONS = 2_000;
  private static final int CARD_NUMBER_LENGTH = 16;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path directory;
  private static Cluster cluster;
  private static FlinkProgram flink;

  @TempDir private Path stateDirectory;

  /** An answer in a form that can be compared. */
  private record Answer(String card, JsonNode value, long timestampMs) {

    /** A key of a window is the card's number and the bytes of its start. */
    static Answer of(byte[] key, byte[] value, long timestampMs) {
      try {
        return new Answer(
            new String(key, ISO_8859_1).substring(0, CARD_NUMBER_LENGTH),
            JSON.readTree(value),
            timestampMs);
      } catch (IOException e) {
        throw new AssertionError(new String(value, UTF_8), e);
      }
    }

    String window() {
      return card + " from " + value.path("WS").asLong() + " to " + value.path("WE").asLong();
    }
  }

  private record Sent(String topic, Dataset.Entry entry) {}

  private static List<Sent> inputs() {
    Dataset dataset = new Dataset(CARDS, 7);
    List<Sent> inputs = new ArrayList<>();
    // One card is not known, as happens.
    IntStream.range(1, CARDS)
        .mapToObj(number -> new Sent(InputTopics.CARDS, dataset.card(number)))
        .forEach(inputs::add);
    // 20 ms apart, so that 2,000 of them pass through several windows.
    IntStream.range(0, TRANSACTIONS)
        .mapToObj(number -> new Sent(InputTopics.TRANSACTIONS, dataset.transaction(number * 20)))
        .forEach(inputs::add);
    return inputs;
  }

  @BeforeAll
  static void start() {
    cluster = Cluster.start(directory.resolve("broker"));
    cluster.createInput(InputTopics.TRANSACTIONS);
    cluster.createInput(InputTopics.CARDS);
    try (Loader loader = cluster.loader()) {
      inputs().forEach(input -> loader.send(input.topic(), input.entry()));
    }
    flink =
        new FlinkProgram(
            new JobSettings(
                cluster.bootstrapServers(), "at_least_once", directory.resolve("flink")),
            JAR,
            List.of("-Xmx512m"),
            directory.resolve("flink.err"));
  }

  @AfterAll
  static void stop() {
    if (flink != null) {
      flink.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FILTER", "JOIN"})
  void gives_the_same_records_in_any_order(Workload workload) {
    assertThat(byFlink(workload))
        .containsExactlyInAnyOrderElementsOf(byHand(workload))
        .hasSizeGreaterThan(10);
  }

  @Test
  void gives_once_what_the_others_say_last_of_each_window() {
    List<Answer> rows = byFlink(Workload.WINDOWS);
    Map<String, JsonNode> last = new HashMap<>();
    byHand(Workload.WINDOWS).forEach(row -> last.put(row.window(), row.value()));

    assertThat(rows)
        .hasSizeGreaterThan(10)
        .extracting(Answer::window)
        .containsExactlyInAnyOrderElementsOf(last.keySet());
    assertThat(rows)
        .allSatisfy(
            row -> {
              JsonNode other = last.get(row.window());
              assertThat(row.value().path("CNT").asLong()).isEqualTo(other.path("CNT").asLong());
              assertThat(row.value().path("MN")).isEqualTo(other.path("MN"));
              assertThat(row.value().path("MX")).isEqualTo(other.path("MX"));
              // Parts are added up before they are put together, so the last bit may differ.
              assertThat(row.value().path("TOTAL").asDouble())
                  .isCloseTo(other.path("TOTAL").asDouble(), within(1e-6));
            });
  }

  private static List<Answer> byFlink(Workload workload) {
    String sink = SINK + "_" + workload;
    cluster.createInput(sink); // a topic whose records keep the times that they are given
    String group = flink.start(workload, sink);
    flink.awaitConsumed(cluster, group, workload);
    flink.stop();
    return read(sink);
  }

  private static List<Answer> read(String topic) {
    List<Answer> answers = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", cluster.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(read -> answers.add(Answer.of(read.key(), read.value(), read.timestamp())));
      }
    }
    return answers;
  }

  private List<Answer> byHand(Workload workload) {
    Properties properties = new Properties();
    properties.setProperty("statestore.cache.max.bytes", "0");
    properties.setProperty("state.dir", stateDirectory.toString());
    try (TopologyTestDriver driver =
        new TopologyTestDriver(Jobs.topology(workload, SINK), properties)) {
      for (Sent input : inputs()) {
        if (workload.inputs().contains(input.topic())) {
          Dataset.Entry entry = input.entry();
          driver
              .createInputTopic(input.topic(), new ByteArraySerializer(), new ByteArraySerializer())
              .pipeInput(
                  entry.key().getBytes(UTF_8), entry.value().getBytes(UTF_8), entry.timestampMs());
        }
      }
      return driver
          .createOutputTopic(SINK, new ByteArrayDeserializer(), new ByteArrayDeserializer())
          .readRecordsToList()
          .stream()
          .map(out -> Answer.of(out.key(), out.value(), out.timestamp()))
          .toList();
    }
  }
}
