package dev.flagstream.local.sqlstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.connect.ConnectWorker;
import dev.flagstream.local.connect.ConnectorFiles;
import dev.flagstream.local.connect.FailedTaskWatchdog;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.SqlStoreAddress;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sink of rows with MySQL's driver and dialect, and with MariaDB's, on a MariaDB: no MySQL is
 * at hand. Without connect/sql/install-mariadb.sh it skips.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MysqlSinkTest {

  private static final String NAME = "decisions-sql";
  private static final String SCORED = "scored_transactions";
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private final Map<String, SqlStoreClient> databases = new TreeMap<>();

  private MariadbServer server;
  private Broker broker;
  private ConnectWorker worker;
  private KafkaTopics topics;
  private ConnectClient connect;
  private FailedTaskWatchdog watchdog;

  @BeforeAll
  void startTheSinks(@TempDir Path data) throws Exception {
    assumeTrue(
        MariadbServer.isThere(), "There is no MariaDB: run connect/sql/install-mariadb.sh first");
    StackSettings settings =
        new StackSettings(Path.of(".."), data.resolve("stack"), FreePorts.pick())
            .withSqlStore(FreePorts.pickOne());
    server = MariadbServer.start(data.resolve("mariadb"));
    broker = Broker.start(settings);
    worker = ConnectWorker.start(settings);
    topics = new KafkaTopics(settings.bootstrapServers());
    topics.create(SCORED, 4);
    connect = new ConnectClient(settings.connectUrl());
    connect.awaitReady(Duration.ofMinutes(3));
    watchdog = FailedTaskWatchdog.start(connect, Duration.ofMillis(200), connector -> {});
    String file = ConnectorFiles.read(settings.connectors().resolve("sql")).get(NAME);
    for (String driver : new String[] {"mariadb", "mysql"}) {
      SqlStoreAddress address = server.database(settings, driver);
      databases.put(driver, SqlStoreClient.of(settings, address));
      ObjectNode config = (ObjectNode) new ObjectMapper().readTree(file);
      config.put("connection.url", address.url());
      config.put("connection.username", address.user());
      config.put("connection.password", address.password());
      connect.put(NAME + "-" + driver, config.toString());
      // The second sink meets a table of all columns in the other database of the server, and has
      // few itself.
      topics.send(SCORED, "token", decision("first-of-" + driver, "1.00"));
      awaitRow(driver, "first-of-" + driver);
    }
  }

  @AfterAll
  void stop() throws Exception {
    if (server != null) {
      watchdog.close();
      topics.close();
      worker.close();
      broker.close();
      server.close();
    }
  }

  @Test
  void addsColumnsThoughATableOfThatNameInAnotherDatabaseHasThem() throws Exception {
    assertThat(awaitRow("mysql", "first-of-mysql")).containsEntry("card_token", "tok_ab");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void storesADecisionAsARowWithExactMoneyAndTime(String driver) throws Exception {
    topics.send(SCORED, "token", decision("types-1", "12345678901234567.89"));

    Map<String, Object> row = awaitRow(driver, "types-1");

    assertThat(row)
        .containsEntry("amount", new BigDecimal("12345678901234567.89"))
        .containsEntry("customer_age", 42)
        .containsEntry("location_risk_score", 0.12)
        .containsEntry("is_fraud", true)
        .containsEntry("merchant", "Café 漢字")
        .containsEntry("location_city", "Chicago")
        .containsEntry("location_lat", 41.88)
        .containsEntry("features_amount", 7.5)
        .containsEntry("features_card_count_10m", null)
        .containsEntry("rule_hits", "[\"AMOUNT\",\"LOCATION\"]");
    // MySQL's driver sends no milliseconds to a server that calls itself 5.5.5, as MariaDB 10 does.
    assertThat(row.get("event_time").toString().replace(' ', 'T'))
        .startsWith(driver.equals("mysql") ? "2026-01-02T12:00" : "2026-01-02T12:00:00.123");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void replacesTheRowWhenARecordIsReplayed(String driver) throws Exception {
    topics.send(SCORED, "token", decision("replay-" + driver, "10.00"));
    topics.send(SCORED, "token", decision("replay-" + driver, "10.00"));
    topics.send(SCORED, "token", decision("replay-" + driver, "11.00"));
    topics.send(SCORED, "token", decision("after-" + driver, "20.00"));

    awaitRow(driver, "after-" + driver);

    assertThat(awaitRow(driver, "replay-" + driver))
        .containsEntry("amount", new BigDecimal("11.00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void tellsIdsApartThatDifferOnlyInCaseOrSpacesOrAccents(String driver) throws Exception {
    topics.send(SCORED, "token", decision("same-a", "1.00"));
    topics.send(SCORED, "token", decision("SAME-a", "2.00"));
    topics.send(SCORED, "token", decision("same-á", "3.00"));
    topics.send(SCORED, "token", decision("same-a ", "4.00"));

    assertThat(awaitRow(driver, "same-a ")).containsEntry("amount", new BigDecimal("4.00"));
    assertThat(awaitRow(driver, "same-á")).containsEntry("amount", new BigDecimal("3.00"));
    assertThat(awaitRow(driver, "SAME-a")).containsEntry("amount", new BigDecimal("2.00"));
    assertThat(awaitRow(driver, "same-a")).containsEntry("amount", new BigDecimal("1.00"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void hasTheTableOfPredictionsAsAView(String driver) throws Exception {
    topics.send(SCORED, "token", decision("view-1", "99.99"));
    awaitRow(driver, "view-1");

    assertThat(row(driver, "SELECT * FROM fraud_predictions WHERE transaction_id = ?", "view-1"))
        .containsOnlyKeys(
            "transaction_id",
            "transaction_amount",
            "transaction_time",
            "customer_age",
            "location_risk_score",
            "is_fraud")
        .containsEntry("transaction_amount", new BigDecimal("99.99"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void sendsWhatIsNoDecisionToTheDeadLetterTopicAndGoesOn(String driver) throws Exception {
    topics.send(SCORED, "token", "{\"CARD_TOKEN\":\"no id\",\"AMOUNT\":1.00}");
    topics.send(SCORED, "token", decision("after-poison-" + driver, "5.00"));

    assertThat(awaitRow(driver, "after-poison-" + driver))
        .containsEntry("amount", new BigDecimal("5.00"));
    assertThat(topics.read("dlq_" + SCORED)).isNotEmpty();
  }

  private Map<String, Object> awaitRow(String driver, String id) throws IOException {
    String query = "SELECT * FROM decisions WHERE transaction_id = ?";
    HashMap<String, Object> row = new HashMap<>();
    try {
      awaitRow(driver, query, id, row);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("No row " + id + " by " + driver + ": " + connect.states(), e);
    }
    return row;
  }

  private void awaitRow(String driver, String query, String id, Map<String, Object> row) {
    await()
        .atMost(Duration.ofMinutes(3))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              row.clear();
              row.putAll(row(driver, query, id));
              return !row.isEmpty();
            });
  }

  private Map<String, Object> row(String driver, String query, String id) throws SQLException {
    try (Connection connection = databases.get(driver).connect();
        PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        Map<String, Object> row = new HashMap<>();
        ResultSetMetaData meta = rows.getMetaData();
        if (rows.next()) {
          for (int i = 1; i <= meta.getColumnCount(); i++) {
            row.put(meta.getColumnLabel(i).toLowerCase(Locale.ROOT), rows.getObject(i));
          }
          assertThat(rows.next()).as("a second row of " + id).isFalse();
        }
        return row;
      }
    }
  }

  private static String decision(String id, String amount) {
    return """
    {"TRANSACTION_ID":"%s","CARD_TOKEN":"tok_ab","CUSTOMER_ID":"C1","CUSTOMER_AGE":42,
     "HOME_CITY":"Boston","AMOUNT":%s,"CURRENCY":"USD","MERCHANT":"Café 漢字",
     "LOCATION":{"city":"Chicago","state":"IL","country":"US","lat":41.88,"lon":-87.63},
     "LOCATION_RISK_SCORE":0.12,"RULE_HITS":["AMOUNT","LOCATION"],"IS_FRAUD":true,
     "FRAUD_SCORE":0.1,"FEATURES":{"amount":7.5,"card_count_10m":null},"EVENT_TIME":%d}\
    """
        .formatted(id, amount, NOON.toEpochMilli());
  }
}
