package dev.flagstream.local.sqlstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.local.FlagstreamCommand;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.connect.ConnectWorker;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.connect.FailedTaskWatchdog;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The project's own connector file of rows, on the real Connect runtime with the real sink, and a
 * real PostgreSQL. Both come from the build of connect/sql.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SqlSinkTest {

  private static final String NAME = "decisions-sql";
  private static final String SCORED = "scored_transactions";
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private StackSettings settings;
  private Broker broker;
  private SqlStore store;
  private ConnectWorker worker;
  private FailedTaskWatchdog watchdog;
  private ConnectClient client;
  private KafkaTopics topics;
  private SqlStoreClient database;

  @BeforeAll
  void startStackWithTheSinkOfRows(@TempDir Path data) throws Exception {
    settings =
        new StackSettings(Path.of(".."), data, FreePorts.pick()).withSqlStore(FreePorts.pickOne());
    database = SqlStoreClient.of(settings, settings.sqlStore().orElseThrow());
    broker = Broker.start(settings);
    store = SqlStore.start(settings);
    worker = ConnectWorker.start(settings);
    topics = new KafkaTopics(settings.bootstrapServers());
    topics.create(SCORED, 4);
    client = new ConnectClient(settings.connectUrl());
    client.awaitReady(Duration.ofMinutes(3));
    client.put(NAME, ConnectorFiles.read(settings.connectors().resolve("sql")).get(NAME));
    watchdog = FailedTaskWatchdog.start(client, Duration.ofMillis(200), connector -> {});
  }

  @AfterAll
  void stop() {
    watchdog.close();
    topics.close();
    worker.close();
    store.close();
    broker.close();
  }

  @Test
  void storesADecisionAsARowWithExactMoneyAndTime() throws Exception {
    topics.send(SCORED, "token", decision("types-1", "1234.50"));

    Map<String, Object> row = awaitRow("types-1");

    assertThat(row)
        .containsEntry("amount", new BigDecimal("1234.50"))
        .containsEntry(
            "event_time", Timestamp.valueOf(LocalDateTime.parse("2026-01-02T12:00:00.123")))
        .containsEntry("customer_age", 42)
        .containsEntry("location_risk_score", 0.12)
        .containsEntry("is_fraud", true)
        .containsEntry("fraud_score", 0.1)
        .containsEntry("merchant", "Café 漢字")
        .containsEntry("fraud_probability", null);
  }

  @Test
  void makesColumnsOfNestedFieldsAndTextOfLists() throws Exception {
    topics.send(SCORED, "token", decision("nested-1", "7.50"));

    Map<String, Object> row = awaitRow("nested-1");

    assertThat(row)
        .containsEntry("location_city", "Chicago")
        .containsEntry("location_lat", 41.88)
        .containsEntry("features_amount", 7.5)
        .containsEntry("features_card_count_10m", null)
        .containsEntry("rule_hits", "[\"AMOUNT\",\"LOCATION\"]");
    assertThat(new ObjectMapper().readTree((String) row.get("reasons")))
        .isEqualTo(
            new ObjectMapper()
                .readTree("[{\"feature\":\"amount\",\"value\":7.5,\"contribution\":-0.25}]"));
  }

  @Test
  void keepsAmountsThatNoDoubleCanHold() throws Exception {
    topics.send(SCORED, "token", decision("exact-1", "12345678901234567.89"));

    assertThat(awaitRow("exact-1")).containsEntry("amount", new BigDecimal("12345678901234567.89"));
  }

  @Test
  void replacesTheRowWhenARecordIsReplayed() throws Exception {
    topics.send(SCORED, "token", decision("replay-1", "10.00"));
    topics.send(SCORED, "token", decision("replay-1", "10.00"));
    topics.send(SCORED, "token", decision("replay-1", "11.00"));
    topics.send(SCORED, "token", decision("replay-2", "20.00"));

    awaitRow("replay-2");

    assertThat(awaitRow("replay-1")).containsEntry("amount", new BigDecimal("11.00"));
  }

  @Test
  void tellsIdsApartThatDifferOnlyInCaseOrSpaces() throws Exception {
    topics.send(SCORED, "token", decision("same-1", "1.00"));
    topics.send(SCORED, "token", decision("SAME-1", "2.00"));
    topics.send(SCORED, "token", decision("same-1 ", "3.00"));

    assertThat(awaitRow("same-1 ")).containsEntry("amount", new BigDecimal("3.00"));
    assertThat(awaitRow("SAME-1")).containsEntry("amount", new BigDecimal("2.00"));
    assertThat(awaitRow("same-1")).containsEntry("amount", new BigDecimal("1.00"));
  }

  @Test
  void storesTextsWithACharacterThatTheDatabaseCannotHold() throws Exception {
    topics.send(
        SCORED,
        "token",
        decision("nul-1", "1.00")
            .replace("\"Boston\"", "\"Bos\\u0000ton\"")
            .replace("AMOUNT\",", "A\\u0000\","));

    assertThat(awaitRow("nul-1")).containsEntry("home_city", "Bos\uFFFDton");
  }

  @Test
  void hasTheTableOfPredictionsAsAView() throws Exception {
    topics.send(SCORED, "token", decision("view-1", "99.99"));
    awaitRow("view-1");

    assertThat(row("SELECT * FROM fraud_predictions WHERE transaction_id = ?", "view-1"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "transaction_id",
                "view-1",
                "transaction_amount",
                new BigDecimal("99.99"),
                "transaction_time",
                Timestamp.valueOf(LocalDateTime.parse("2026-01-02T12:00:00.123")),
                "customer_age",
                42,
                "location_risk_score",
                0.12,
                "is_fraud",
                true));
  }

  @Test
  void sendsWhatIsNoDecisionToTheDeadLetterTopicAndGoesOn() throws Exception {
    int before = topics.read("dlq_" + SCORED).size();
    topics.send(SCORED, "token", "this is not JSON");
    topics.send(SCORED, "token", "{\"CARD_TOKEN\":\"no id\",\"AMOUNT\":1.00}");
    topics.send(SCORED, "token", null);
    topics.send(SCORED, "token", decision("after-poison", "5.00"));

    awaitRow("after-poison");

    soon().untilAsserted(() -> assertThat(topics.read("dlq_" + SCORED)).hasSize(before + 3));
  }

  @Test
  void keepsEveryRecordThatArrivesWhileTheDatabaseIsKilled() throws Exception {
    topics.send(SCORED, "token", decision("killed-before", "1.00"));
    awaitRow("killed-before");
    int deadLetters = topics.read("dlq_" + SCORED).size();

    postgresql().destroyForcibly();
    for (int i = 0; i < 50; i++) {
      topics.send(SCORED, "token", decision("killed-" + i, "2.00"));
    }

    for (int i = 0; i < 50; i++) {
      awaitRow("killed-" + i);
    }
    assertThat(awaitRow("killed-before")).isNotEmpty();
    assertThat(topics.read("dlq_" + SCORED)).hasSize(deadLetters);
  }

  @Test
  void takesTheDataOverFromAServerThatAKilledStackLeftBehind(@TempDir Path folder)
      throws Exception {
    StackSettings others =
        new StackSettings(Path.of(".."), folder.resolve("data"), FreePorts.pick())
            .withSqlStore(FreePorts.pickOne());
    SqlStoreClient client = SqlStoreClient.of(others, others.sqlStore().orElseThrow());
    Process killed = stackOfPostgresql(others);
    soon()
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> execute(client, "INSERT INTO decisions (transaction_id) VALUES ('kept')"));
    ProcessHandle leftBehind = process(others);
    killed.destroyForcibly().waitFor();
    assertThat(leftBehind.isAlive()).isTrue();

    try (SqlStore second = SqlStore.start(others);
        Connection connection = client.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT transaction_id FROM decisions")) {
      assertThat(second.name()).isEqualTo("SQL store");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("kept");
      assertThat(leftBehind.isAlive()).isFalse();
    }
  }

  /** PostgreSQL and what watches over it, as a process that can be killed. */
  private static Process stackOfPostgresql(StackSettings of) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            FlagstreamCommand.class.getName(),
            "postgresql",
            "--home=" + of.home(),
            "--data=" + of.data(),
            "--sql-store-port=" + of.sqlStorePort().orElseThrow())
        .redirectErrorStream(true)
        .redirectOutput(of.data().resolveSibling("output.txt").toFile())
        .start();
  }

  private static boolean execute(SqlStoreClient client, String change) throws SQLException {
    try (Connection connection = client.connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(change) == 1;
    }
  }

  private ProcessHandle postgresql() throws Exception {
    return process(settings);
  }

  private static ProcessHandle process(StackSettings of) throws Exception {
    List<String> lines = Files.readAllLines(of.data().resolve("postgresql/postmaster.pid"));
    return ProcessHandle.of(Long.parseLong(lines.get(0))).orElseThrow();
  }

  private Map<String, Object> awaitRow(String id) {
    soon()
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(() -> !row("SELECT * FROM decisions WHERE transaction_id = ?", id).isEmpty());
    try {
      return row("SELECT * FROM decisions WHERE transaction_id = ?", id);
    } catch (SQLException e) {
      throw new AssertionError("The database does not answer", e);
    }
  }

  private Map<String, Object> row(String query, String id) throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, Object> row = new HashMap<>();
        ResultSetMetaData meta = rows.getMetaData();
        if (rows.next()) {
          for (int i = 1; i <= meta.getColumnCount(); i++) {
            row.put(meta.getColumnLabel(i), rows.getObject(i));
          }
          assertThat(rows.next()).as("a second row of " + id).isFalse();
        }
        return row;
      }
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50));
  }

  private static String decision(String id, String amount) {
    return """
    {"TRANSACTION_ID":"%s","CARD_TOKEN":"tok_ab","CARD_LAST4":"4242","CUSTOMER_ID":"C1",
     "CUSTOMER_AGE":42,"HOME_CITY":"Boston","AMOUNT":%s,"CURRENCY":"USD","MERCHANT":"Café 漢字",
     "MERCHANT_CATEGORY":"grocery","LOCATION":{"city":"Chicago","state":"IL","country":"US",
     "lat":41.88,"lon":-87.63},"LOCATION_RISK_SCORE":0.12,"RULE_HITS":["AMOUNT","LOCATION"],
     "RULE_SET":"rules-1","IS_FRAUD":true,"MODEL_ALERT":true,"FRAUD_SCORE":0.1,"MODEL":"forest@1",
     "REASONS":[{"feature":"amount","value":7.5,"contribution":-0.25}],
     "FEATURES":{"amount":7.5,"card_count_10m":null},"EVENT_TIME":%d}\
    """
        .formatted(id, amount, NOON.toEpochMilli());
  }
}
