package dev.flagstream.local.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.local.FlagstreamCommand;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project's own connector files of the lake, on the real Connect runtime as a process of its
 * own that is killed. The plug-in comes from the build of connect/lake.
 */
class LakeSinkTest {

  private static final String SCORED = "scored_transactions";
  private static final String LABELS = "fraud_labels";
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");
  private static final long SEED = 42;
  private static final int KILLS = 2;
  private static final int RECORDS_EACH = 400;

  @TempDir private Path folder;

  private final Random random = new Random(SEED);
  private StackSettings settings;
  private Broker broker;
  private KafkaTopics topics;
  private ConnectClient client;
  private LakeReader lake;
  private Process worker;

  @BeforeEach
  void startBroker() throws Exception {
    settings =
        new StackSettings(Path.of(".."), folder.resolve("data"), FreePorts.pick()).withLake();
    broker = Broker.start(settings);
    topics = new KafkaTopics(settings.bootstrapServers());
    topics.create(SCORED, 4);
    topics.create(LABELS, 4);
    client = new ConnectClient(settings.connectUrl());
    lake = Lakes.reader(settings).orElseThrow();
  }

  @AfterEach
  void stop() {
    if (worker != null) {
      worker.destroyForcibly();
    }
    topics.close();
    broker.close();
  }

  @Test
  void hasEachRecordOnceThoughTheWorkerIsKilledAgainAndAgain() throws Exception {
    startWorker();
    register("decisions-lake", true);
    long sent = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      // At some moment after the first of these are there: reading, writing or committing.
      long there = sent + 1 + random.nextInt(RECORDS_EACH / 2);
      for (int i = 0; i < RECORDS_EACH; i++) {
        topics.send(SCORED, "card-" + sent % 97, decision(sent++));
      }
      soon().until(() -> count("SELECT count(*) FROM decisions") >= there);
      worker.destroyForcibly().waitFor();
      startWorker();
    }

    long all = sent;
    soon().until(() -> count("SELECT count(*) FROM decisions") >= all);
    assertThat(
            rows(
                "SELECT count(*), count(DISTINCT transaction_id), sum(amount),"
                    + " count(DISTINCT (kafka_partition, kafka_offset)), count(DISTINCT day)"
                    + " FROM decisions"))
        .containsExactly("%d %d %s %d 3".formatted(all, all, cents(all), all));
  }

  @Test
  void hasLabelsOfBanksAndAnalystsAndSendsWhatIsNoneToTheDeadLetterTopic() throws Exception {
    startWorker();
    register("labels-lake", true);

    topics.send(
        LABELS,
        "a",
        "{\"transaction_id\":\"a\",\"is_fraud\":true,\"transaction_time\":%d,\"reported_at\":%d}"
            .formatted(NOON.toEpochMilli(), NOON.plusSeconds(86_400).toEpochMilli()));
    topics.send(
        LABELS,
        "a",
        "{\"TRANSACTION_ID\":\"a\",\"MERCHANT_ID\":\"M1\",\"IS_FRAUD\":false,\"REPORTED_AT\":null}");
    topics.send(LABELS, "a", "no label");

    soon().until(() -> count("SELECT count(*) FROM labels") == 2);
    assertThat(
            rows(
                "SELECT transaction_id, merchant_id, is_fraud, reported_at FROM labels ORDER BY 3"))
        .containsExactly("a M1 false null", "a null true 2026-01-03 12:00:00.123");
    soon().untilAsserted(() -> assertThat(topics.read("dlq_" + LABELS)).hasSize(1));
  }

  private void startWorker() throws IOException {
    worker =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                FlagstreamCommand.class.getName(),
                "connect",
                "--home=" + settings.home(),
                "--data=" + folder.resolve("worker"),
                "--lake-url=" + settings.lakeFolder(),
                "--kafka-port=" + settings.ports().kafka(),
                "--connect-port=" + settings.ports().connect(),
                "--sinks=mongodb,lake")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("worker.txt").toFile()))
            .start();
  }

  /** Its file, only that it writes four times a second, and few rows at once. */
  private void register(String name, boolean often) throws IOException {
    SortedMap<String, String> files = ConnectorFiles.read(settings.connectors().resolve("lake"));
    String config =
        files
            .get(name)
            .replace("${env:LAKE_FLUSH_MS}", often ? "250" : "10000")
            .replace("\"lake.flush.records\": \"50000\"", "\"lake.flush.records\": \"500\"");
    client.awaitReady(Duration.ofMinutes(3));
    soon().ignoreExceptionsInstanceOf(ServerException.class).until(() -> put(name, config));
  }

  private boolean put(String name, String config) {
    client.put(name, config);
    return true;
  }

  private long count(String query) throws SQLException {
    return lake.tables().isEmpty() ? 0 : Long.parseLong(rows(query).get(0));
  }

  private List<String> rows(String query) throws SQLException {
    try (Connection connection = lake.connect();
        Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf(found.getString(i)));
        }
        rows.add(String.join(" ", cells));
      }
      return rows;
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50));
  }

  /** The sum of the amounts of the first {@code count}: 0.07, 1.07, 2.07 and so on. */
  private static String cents(long count) {
    return "%d.%02d".formatted((count * (count - 1) / 2 * 100 + 7 * count) / 100, 7 * count % 100);
  }

  /** One in three is of another day. */
  private static String decision(long number) {
    return "{\"TRANSACTION_ID\":\"t-%d\",\"AMOUNT\":%d.07,\"IS_FRAUD\":false,\"EVENT_TIME\":%d}"
        .formatted(number, number, NOON.toEpochMilli() + number % 3 * 86_400_000L);
  }
}
