package dev.flagstream.local.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import dev.flagstream.client.ConnectClient;
import dev.flagstream.client.ServerException;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.store.Store;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The project's own connector files, on the real Connect runtime with the real MongoDB sink. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SinkTest {

  private static final String FLAGGED = "flagged_transactions";
  private static final String SCORED = "scored_transactions";
  private static final String BY_CARD = "flagged_by_card_10s";
  private static final List<String> TOPICS =
      List.of(FLAGGED, SCORED, BY_CARD, "flagged_by_category_10s");
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123Z");

  private StackSettings settings;
  private Broker broker;
  private Store store;
  private ConnectWorker worker;
  private FailedTaskWatchdog watchdog;
  private ConnectClient client;
  private KafkaTopics topics;
  private MongoClient mongo;

  @BeforeAll
  void startStackWithAllSinks(@TempDir Path data) throws Exception {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    broker = Broker.start(settings);
    store = Store.start(settings);
    worker = ConnectWorker.start(settings);
    topics = new KafkaTopics(settings.bootstrapServers());
    for (String topic : TOPICS) {
      topics.create(topic, 4);
    }
    client = new ConnectClient(settings.connectUrl());
    client.awaitReady(Duration.ofMinutes(3));
    ConnectorFiles.read(settings.connectors()).forEach(client::put);
    mongo = MongoClients.create(settings.mongoUri());
    watchdog = FailedTaskWatchdog.start(client, Duration.ofMillis(200), connector -> {});
  }

  @AfterAll
  void stop() {
    mongo.close();
    watchdog.close();
    topics.close();
    worker.close();
    broker.close();
    store.close();
  }

  @Test
  void registersOneConnectorPerFile() throws Exception {
    assertThat(client.connectors())
        .containsExactly(
            "flagged-by-card-10s",
            "flagged-by-category-10s",
            "flagged-transactions",
            "scored-transactions");
    for (String connector : client.connectors()) {
      soon().untilAsserted(() -> assertThat(client.isRunning(connector)).isTrue());
    }
  }

  @Test
  void refusesWhatAWebPageMakesABrowserSend() throws Exception {
    int port = settings.ports().connect();

    assertThat(connectors("127.0.0.1:" + port, "")).startsWith("HTTP/1.1 200");
    assertThat(connectors("127.0.0.1:" + port, "Origin: http://127.0.0.1:" + port + "\r\n"))
        .startsWith("HTTP/1.1 200");
    assertThat(connectors("127.0.0.1:" + port, "Origin: https://evil.example\r\n"))
        .startsWith("HTTP/1.1 403")
        .contains("Pages of another origin (https://evil.example)");
    assertThat(
            connectors(
                "evil.example:" + port, "Origin: http://evil.example:%d\r\n".formatted(port)))
        .startsWith("HTTP/1.1 403")
        .contains("is not evil.example");
  }

  /** As bytes, since Java's client lets nobody choose the Host header. */
  private String connectors(String host, String headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), settings.ports().connect())) {
      socket
          .getOutputStream()
          .write(
              "GET /connectors HTTP/1.1\r\nHost: %s\r\n%sConnection: close\r\n\r\n"
                  .formatted(host, headers)
                  .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void storesMoneyAsDecimal128AndTimesAsDates() throws Exception {
    topics.send(FLAGGED, "token", flagged("types-1", "1234.50"));

    Document document = awaitDocument(FLAGGED, "types-1");

    assertThat(document.get("amount")).isEqualTo(new Decimal128(new BigDecimal("1234.50")));
    assertThat(document.get("event_time")).isEqualTo(Date.from(NOON));
    assertThat(document)
        .containsEntry("transaction_id", "types-1")
        .containsEntry("card_token", "tok_ab")
        .containsEntry("card_last4", "4242")
        .containsEntry("customer_age", 42)
        .containsEntry("location_risk_score", 0.12)
        .containsEntry("rule_hits", List.of("AMOUNT", "LOCATION"))
        .containsEntry("rule_set", "rules-1");
    assertThat(document.get("location", Document.class))
        .containsEntry("city", "Chicago")
        .containsEntry("lat", 41.88);
    assertThat(document.get("location_point"))
        .isEqualTo(new Document("type", "Point").append("coordinates", List.of(-87.63, 41.88)));
  }

  @Test
  void storesEveryDecisionWithItsScoresReasonsAndFeatures() throws Exception {
    topics.send(SCORED, "token", flagged("scored-1", "7.50"));

    Document document = awaitDocument(SCORED, "scored-1");

    assertThat(document)
        .containsEntry("is_fraud", true)
        .containsEntry("model_alert", true)
        .containsEntry("fraud_score", 0.1)
        .containsEntry("model", "forest@1")
        .containsEntry(
            "reasons",
            List.of(
                new Document("feature", "amount")
                    .append("value", 7.5)
                    .append("contribution", -0.25)));
    assertThat(document.get("features", Document.class))
        .containsEntry("amount", 7.5)
        .containsEntry("card_count_10m", null);
  }

  @Test
  void keepsAmountsThatNoDoubleCanHold() throws Exception {
    topics.send(FLAGGED, "token", flagged("exact-1", "12345678901234567.89"));

    Document document = awaitDocument(FLAGGED, "exact-1");

    assertThat(document.get("amount", Decimal128.class).bigDecimalValue())
        .isEqualByComparingTo("12345678901234567.89");
  }

  @Test
  void replacesTheDocumentWhenARecordIsReplayed() throws Exception {
    topics.send(FLAGGED, "token", flagged("replay-1", "10.00"));
    topics.send(FLAGGED, "token", flagged("replay-1", "10.00"));
    topics.send(FLAGGED, "token", flagged("replay-2", "20.00"));

    awaitDocument(FLAGGED, "replay-2");

    FindIterable<Document> documents =
        collection(FLAGGED).find(new Document("transaction_id", "replay-1"));
    assertThat(documents).hasSize(1);
  }

  @Test
  void identifiesWindowsByTheirIdWhateverTheirKeyHolds() throws Exception {
    byte[] binaryKey =
        ByteBuffer.allocate(14).put("tok_ab".getBytes(StandardCharsets.UTF_8)).putLong(-1L).array();
    topics.send(BY_CARD, binaryKey, window("tok_ab|0", 1, "7.10"));
    topics.send(BY_CARD, binaryKey, window("tok_ab|0", 2, "9.35"));

    soon()
        .untilAsserted(
            () ->
                assertThat(collection(BY_CARD).find(new Document("_id", "tok_ab|0")).first())
                    .isNotNull()
                    .containsEntry("transactions", 2L)
                    .containsEntry("amount_sum", new Decimal128(new BigDecimal("9.35")))
                    .containsEntry("window_start", Date.from(Instant.EPOCH)));
  }

  @Test
  void sendsWhatIsNoTransactionToTheDeadLetterTopicAndGoesOn() throws Exception {
    int before = topics.read("dlq_" + FLAGGED).size();
    topics.send(FLAGGED, "token", "this is not JSON");
    topics.send(FLAGGED, "token", "{\"CARD_TOKEN\":\"no id\",\"AMOUNT\":1.00}");
    topics.send(FLAGGED, "token", null);
    topics.send(FLAGGED, "token", flagged("after-poison", "5.00"));

    awaitDocument(FLAGGED, "after-poison");

    soon().untilAsserted(() -> assertThat(topics.read("dlq_" + FLAGGED)).hasSize(before + 3));
    assertThat(collection(FLAGGED).find(new Document("_id", null))).isEmpty();
  }

  @Test
  void keepsEveryRecordThatArrivesWhileTheStoreIsAway() throws Exception {
    topics.send(FLAGGED, "token", flagged("outage-before", "1.00"));
    awaitDocument(FLAGGED, "outage-before");
    int deadLetters = topics.read("dlq_" + FLAGGED).size();

    store.close();
    for (int i = 0; i < 50; i++) {
      topics.send(FLAGGED, "token", flagged("outage-" + i, "2.00"));
    }
    soon().until(() -> client.failedConnectors(), Set.of("flagged-transactions")::equals);
    store = Store.start(settings);

    for (int i = 0; i < 50; i++) {
      awaitDocument(FLAGGED, "outage-" + i);
    }
    assertThat(topics.read("dlq_" + FLAGGED)).hasSize(deadLetters);
  }

  @Test
  void reportsTheWorkersOwnWordsWhenItRefusesAConfiguration() {
    assertThatThrownBy(
            () ->
                client.put(
                    "broken", "{\"connector.class\":\"no.such.Connector\",\"topics\":\"t\"}"))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("PUT")
        .hasMessageContaining("no.such.Connector");
  }

  private Document awaitDocument(String collection, String id) {
    soon()
        .untilAsserted(
            () -> assertThat(collection(collection).find(new Document("_id", id))).hasSize(1));
    return collection(collection).find(new Document("_id", id)).first();
  }

  private MongoCollection<Document> collection(String name) {
    return mongo.getDatabase("flagstream").getCollection(name);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50));
  }

  private static String flagged(String id, String amount) {
    return """
    {"TRANSACTION_ID":"%s","CARD_TOKEN":"tok_ab","CARD_LAST4":"4242","CUSTOMER_ID":"C1",
     "CUSTOMER_AGE":42,"HOME_CITY":"Boston","AMOUNT":%s,"CURRENCY":"USD","MERCHANT":"Shop",
     "MERCHANT_CATEGORY":"grocery","LOCATION":{"city":"Chicago","state":"IL","country":"US",
     "lat":41.88,"lon":-87.63},"LOCATION_RISK_SCORE":0.12,"RULE_HITS":["AMOUNT","LOCATION"],
     "RULE_SET":"rules-1","IS_FRAUD":true,"MODEL_ALERT":true,"FRAUD_SCORE":0.1,"MODEL":"forest@1",
     "REASONS":[{"feature":"amount","value":7.5,"contribution":-0.25}],
     "FEATURES":{"amount":7.5,"card_count_10m":null},"EVENT_TIME":%d}\
    """
        .formatted(id, amount, NOON.toEpochMilli());
  }

  private static String window(String id, int transactions, String sum) {
    return """
    {"WINDOW_ID":"%s","CARD_TOKEN":"tok_ab","WINDOW_START":0,"WINDOW_END":10000,
     "TRANSACTIONS":%d,"AMOUNT_SUM":%s,"AMOUNT_MIN":1.00,"AMOUNT_MAX":6.10}\
    """
        .formatted(id, transactions, sum);
  }
}
