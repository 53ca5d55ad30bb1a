package dev.flagstream.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.benchmarks.handwritten.Jobs;
import dev.flagstream.benchmarks.workload.InputTopics;
import dev.flagstream.benchmarks.workload.Workload;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.offline.OfflineEngine;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.topology.log.ProcessingLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared must do the same. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class SameAnswersTest {

  private static final Path UDF_JAR = Path.of("..", "udf", "target", "flagstream-udf.jar");
  private static final String SINK = "SINK";
  private static final int CARDS = 50;
  private static final int TRANSACTIONS = 2_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  private final Problems log = new Problems();

  private static final class Problems implements ProcessingLog {
    final List<String> problems = new ArrayList<>();

    @Override
    public void unreadable(
        String logger, String topic, RecordPart part, RuntimeException error, byte[] bytes) {
      problems.add(error.getMessage());
    }

    @Override
    public void failed(
        String logger, String message, Optional<Throwable> cause, Supplier<String> row) {
      problems.add(message);
    }
  }

  /** A record of a sink in a form that can be compared. */
  private record Row(String key, JsonNode value, long timestampMs) {

    static Row of(byte[] key, byte[] value, long timestampMs) {
      try {
        return new Row(new String(key, ISO_8859_1), JSON.readTree(value), timestampMs);
      } catch (IOException e) {
        throw new AssertionError(new String(value, UTF_8), e);
      }
    }
  }

  private record Input(String topic, Dataset.Entry entry) {}

  private static List<Input> inputs() {
    Dataset dataset = new Dataset(CARDS, 7);
    List<Input> inputs = new ArrayList<>();
    // One card is not known, as happens.
    IntStream.range(1, CARDS)
        .mapToObj(number -> new Input(InputTopics.CARDS, dataset.card(number)))
        .forEach(inputs::add);
    // 20 ms apart, so that 2,000 of them pass through several windows.
    IntStream.range(0, TRANSACTIONS)
        .mapToObj(number -> new Input(InputTopics.TRANSACTIONS, dataset.transaction(number * 20)))
        .forEach(inputs::add);
    return inputs;
  }

  @ParameterizedTest
  @EnumSource
  void the_statement_and_the_program_written_by_hand_give_the_same_records(Workload workload)
      throws IOException {
    List<Row> bySql = bySql(workload);

    assertThat(bySql).isEqualTo(byHand(workload)).hasSizeGreaterThan(10);
    assertThat(log.problems).isEmpty();
  }

  private List<Row> bySql(Workload workload) throws IOException {
    assertThat(UDF_JAR).as("the UDF jar; mvn -pl udf -am package makes it").exists();
    Files.copy(UDF_JAR, directory.resolve(UDF_JAR.getFileName()));
    try (OfflineEngine engine = new OfflineEngine(FunctionLoader.load(directory), Map.of(), log)) {
      engine.run(Workload.sources());
      engine.run(workload.statement(SINK));
      for (Input input : inputs()) {
        Dataset.Entry entry = input.entry();
        engine.send(
            input.topic(),
            new OfflineRecord(
                entry.key().getBytes(UTF_8),
                entry.value().getBytes(UTF_8),
                entry.timestampMs(),
                List.of()));
      }
      return engine.written(SINK).stream()
          .map(written -> Row.of(written.key(), written.value(), written.timestampMs()))
          .toList();
    }
  }

  private List<Row> byHand(Workload workload) {
    Properties properties = new Properties();
    properties.setProperty("statestore.cache.max.bytes", "0");
    properties.setProperty("state.dir", directory.resolve("state").toString());
    try (TopologyTestDriver driver =
        new TopologyTestDriver(Jobs.topology(workload, SINK), properties)) {
      for (Input input : inputs()) {
        if (workload.inputs().contains(input.topic())) {
          Dataset.Entry entry = input.entry();
          driver
              .createInputTopic(input.topic(), new ByteArraySerializer(), new ByteArraySerializer())
              .pipeInput(
                  entry.key().getBytes(UTF_8), entry.value().getBytes(UTF_8), entry.timestampMs());
        }
      }
      TestOutputTopic<byte[], byte[]> output =
          driver.createOutputTopic(SINK, new ByteArrayDeserializer(), new ByteArrayDeserializer());
      return output.readRecordsToList().stream()
          .map(out -> Row.of(out.key(), out.value(), out.timestamp()))
          .toList();
    }
  }
}
