package dev.flagstream.engine.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;

/**
 * A server that is killed in the middle of its work, without a chance to tidy up, goes on where it
 * was: whoever reads committed records sees the result of each input record exactly once.
 */
@ExtendWith(TestCluster.class)
class ServerCrashTest {

  private static final String INPUT = "crash_payments";
  private static final String FLAGGED = "crash_flagged";
  private static final String TOTALS = "crash_totals";
  private static final int PARTITIONS = 2;
  private static final int CARDS = 20;
  private static final int RECORDS_PER_LIFE = 4_000;
  private static final int CRASHES = 2;
  private static final int VISITS = 4_000;
  private static final int LATE_VISITS = 3;
  private static final long NOON = Instant.parse("2026-01-05T12:00:00Z").toEpochMilli();
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Map<String, Object> connection =
      Map.of("bootstrap.servers", TestCluster.bootstrapServers());
  private final Random random = new Random(7);
  private final HttpClient http = HttpClient.newHttpClient();
  private int produced;
  private int expectedFlagged;
  private final Map<String, Integer> expectedTotals = new TreeMap<>();

  @TempDir Path state;

  @Test
  void countsEachRecordOnceThoughTheServerIsKilledAgainAndAgain() throws Exception {
    createTopics();
    ServerProcess server = ServerProcess.start(state);
    try {
      execute(
          server,
          """
          CREATE STREAM payments (card STRING KEY, id INT, amount INT)
            WITH (KAFKA_TOPIC='crash_payments', VALUE_FORMAT='JSON');
          CREATE STREAM flagged WITH (KAFKA_TOPIC='crash_flagged') AS
            SELECT card, id, amount FROM payments WHERE amount >= 50;
          CREATE TABLE totals WITH (KAFKA_TOPIC='crash_totals') AS
            SELECT card, COUNT(*) AS n, SUM(amount) AS total FROM payments GROUP BY card;
          """);
      for (int crash = 0; crash < CRASHES; crash++) {
        int before = committed(FLAGGED).size();
        produce(RECORDS_PER_LIFE);
        awaitMoreThan(before);
        server.kill();
        server = ServerProcess.start(state);
      }
      produce(RECORDS_PER_LIFE);
      awaitTotals();
    } finally {
      server.kill();
    }

    List<Integer> ids = committed(FLAGGED).stream().map(row -> row.path("ID").asInt()).toList();
    assertThat(ids).hasSize(expectedFlagged).doesNotHaveDuplicates();
    assertThat(totals()).isEqualTo(expectedTotals);
  }

  /**
   * Windows of two segments: the mark that the older one, of a few late records, is open is still
   * in memory when the server is killed.
   */
  @Test
  void opensTheWindowsOfAServerThatWasKilled() throws Exception {
    try (Admin admin = Admin.create(connection)) {
      admin.createTopics(List.of(new NewTopic("crash_visits", 1, (short) 1))).all().get();
    }
    ServerProcess server = ServerProcess.start(state, "crash_windows_");
    try {
      execute(
          server,
          """
          CREATE STREAM visits (card STRING KEY, id INT) WITH (KAFKA_TOPIC='crash_visits', VALUE_FORMAT='JSON');
          CREATE TABLE visits_by_minute WITH (KAFKA_TOPIC='crash_visits_by_minute') AS
            SELECT card, COUNT(*) AS n FROM visits
            WINDOW TUMBLING (SIZE 1 MINUTE, RETENTION 2 DAYS, GRACE PERIOD 1 DAY) GROUP BY card;
          """);
      for (int life = 1; life <= 3; life++) {
        produceVisits();
        int windows = life * (VISITS + LATE_VISITS);
        await()
            .atMost(PATIENCE)
            .until(() -> committed("crash_visits_by_minute", 1).size() == windows);
        server.kill();
        server = ServerProcess.start(state, "crash_windows_");
      }
      produceVisits();
      await()
          .atMost(PATIENCE)
          .until(() -> committed("crash_visits_by_minute", 1).size() == 4 * (VISITS + LATE_VISITS));
    } finally {
      server.kill();
    }
  }

  /** Each in a window of its own. */
  private void produceVisits() {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < VISITS + LATE_VISITS; i++) {
        long time = i < VISITS ? NOON : NOON - Duration.ofHours(20).toMillis();
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(
                    "crash_visits", null, time, "visit-" + produced++, "{\"ID\":1}"));
      }
    }
  }

  private void createTopics() throws Exception {
    try (Admin admin = Admin.create(connection)) {
      admin.createTopics(List.of(new NewTopic(INPUT, PARTITIONS, (short) 1))).all().get();
    }
  }

  private void produce(int records) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(connection, new StringSerializer(), new StringSerializer())) {
      for (int i = 0; i < records; i++) {
        String card = "card-" + random.nextInt(CARDS);
        int amount = random.nextInt(100);
        String value = "{\"ID\":%d,\"AMOUNT\":%d}".formatted(produced++, amount);
        Future<RecordMetadata> unused = producer.send(new ProducerRecord<>(INPUT, card, value));
        expectedFlagged += amount >= 50 ? 1 : 0;
        expectedTotals.merge(card, amount, Integer::sum);
      }
    }
  }

  /** Until the server has begun with what was produced last. */
  private void awaitMoreThan(int rows) {
    await().atMost(PATIENCE).until(() -> committed(FLAGGED).size() > rows);
  }

  private void awaitTotals() {
    await()
        .atMost(PATIENCE)
        .until(
            () -> committed(FLAGGED).size() >= expectedFlagged && totals().equals(expectedTotals));
  }

  private Map<String, Integer> totals() {
    Map<String, Integer> totals = new TreeMap<>();
    committed(TOTALS)
        .forEach(row -> totals.put(row.path("key").asText(), row.path("TOTAL").asInt()));
    return totals;
  }

  /** The values of all committed records, each with its key under "key". */
  private List<JsonNode> committed(String topic) {
    return committed(topic, PARTITIONS);
  }

  private List<JsonNode> committed(String topic, int count) {
    Map<String, Object> properties = new HashMap<>(connection);
    properties.put("isolation.level", "read_committed");
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, count).mapToObj(i -> new TopicPartition(topic, i)).toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      // The ends of what is committed, as the isolation level says.
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<JsonNode> rows = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(
                record ->
                    rows.add(
                        ((ObjectNode) TestServer.parse(record.value())).put("key", record.key())));
      }
      return rows;
    }
  }

  private void execute(ServerProcess server, String sql) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(server.uri().resolve("/ksql"))
                .POST(HttpRequest.BodyPublishers.ofString(TestServer.body("ksql", sql)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  /** So that what some thousand records write is on disk before the server is killed. */
  public static final class SmallWriteBuffers implements RocksDBConfigSetter {

    private static final long BYTES = 64 << 10;

    @Override
    public void setConfig(String store, Options options, Map<String, Object> configs) {
      options.setWriteBufferSize(BYTES);
    }

    @Override
    public void close(String store, Options options) {}
  }

  /** The server in a JVM of its own. */
  private record ServerProcess(Process process, URI uri) {

    private static final String LISTENING = "Listening on ";

    static ServerProcess start(Path state) throws IOException {
      return start(state, "crash_");
    }

    static ServerProcess start(Path state, String serviceId) throws IOException {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "-Xmx256m",
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-cp",
              System.getProperty("java.class.path")));
      command.add(SqlServerCommand.class.getName());
      Map.of(
              "bootstrap.servers", TestCluster.bootstrapServers(),
              "listeners", "http://127.0.0.1:0",
              "ksql.service.id", serviceId,
              "ksql.streams.state.dir", state.toString(),
              "ksql.streams.auto.offset.reset", "earliest",
              "ksql.streams.num.stream.threads", "1",
              "ksql.streams.commit.interval.ms", "100",
              // Sooner than by default the broker takes the killed server for gone.
              "ksql.streams.session.timeout.ms", "6000",
              "ksql.streams.heartbeat.interval.ms", "1000",
              "ksql.streams.rocksdb.config.setter", SmallWriteBuffers.class.getName())
          .forEach((name, value) -> command.addAll(List.of("-D", name + "=" + value)));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      // Not closed: it ends with the process.
      BufferedReader out =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith(LISTENING)) {
          return new ServerProcess(process, URI.create(line.substring(LISTENING.length())));
        }
      }
      throw new IllegalStateException("The server ended before it listened");
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).as("the server is dead").isTrue();
    }
  }
}
