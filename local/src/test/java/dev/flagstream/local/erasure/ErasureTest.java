package dev.flagstream.local.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.SqlClient;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.FraudScenarios;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.health.Readers;
import dev.flagstream.local.lake.Lakes;
import dev.flagstream.local.ledger.Balance;
import dev.flagstream.local.ledger.Findings;
import dev.flagstream.local.ledger.ReadingProgress;
import dev.flagstream.local.scan.PersonScan;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.stack.Stack;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.bson.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One person is forgotten by a whole local stack, while others pay. In order: each goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ErasureTest {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

  /** Whose consumer group Kafka keeps, at the beginning of the input topic. */
  private static final String REMOVED_SINK = "decisions-of-last-year";

  private StackSettings settings;
  private SqlStoreClient rows;
  private LakeReader lake;
  private Stack stack;
  private KafkaTopics topics;
  private MongoClient mongo;
  private List<Transaction> transactions;
  private String customer;
  private long ofTheCustomer;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    settings =
        new StackSettings(Path.of(".."), data, FreePorts.pick())
            .withSqlStore(FreePorts.pickOne())
            .withLake();
    rows = SqlStoreClient.of(settings, settings.sqlStore().orElseThrow());
    lake = Lakes.reader(settings).orElseThrow();
    try (DataDirectory directory = DataDirectory.open(settings)) {
      directory.ensureCardTokenKey();
    }
    stack = Stack.start(settings, line -> {});
    topics = new KafkaTopics(settings.bootstrapServers());
    mongo = MongoClients.create(settings.mongoUri());
    transactions = generated(3_000);
    customer = spender();
    ofTheCustomer =
        transactions.subList(0, 2_000).stream()
            .filter(each -> each.cardholder().customerId().equals(customer))
            .count();
  }

  @AfterAll
  void stop() {
    mongo.close();
    topics.close();
    stack.close();
  }

  /** A payment of the customer that somebody types into the shell: its names are in upper case. */
  private void insert() {
    new SqlClient(settings.sqlUrl())
        .execute(
            """
            INSERT INTO transactions (transaction_id, card_number, customer_id, customer_age,
              home_city, home_lat, home_lon, amount, currency, merchant_id, merchant,
              merchant_category, mcc, channel, location, location_risk_score, timestamp)
            VALUES ('typed', '4242424242424242', '%s', 42, 'Chicago', 41.9, -87.6, 2500.00, 'USD',
              'M1', 'Shop', 'grocery', '5411', 'online', STRUCT(city := 'Chicago', state := 'IL',
              country := 'US', lat := 41.9, lon := -87.6), 0.1, %d);\
            """
                .formatted(customer, NOON.toEpochMilli()));
    ofTheCustomer++;
  }

  /** Who pays most often more than the rules let pass, so that there are incidents and windows. */
  private String spender() {
    return transactions.subList(0, 2_000).stream()
        .filter(each -> each.amount().intValue() >= 2_000)
        .collect(
            Collectors.groupingBy(each -> each.cardholder().customerId(), Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  @Test
  @Order(1)
  void saysThatACustomerIsNotKnown() throws Exception {
    try (Erasure erasure = erasure()) {
      assertThat(erasure.forget("C-unknown")).isEmpty();
    }
    assertThat(topics.recordsIn(Environment.ERASED_TOPIC)).isZero();
  }

  @Test
  @Order(2)
  void removesWhatIsKeptOfOneCustomerWhileOthersPay() throws Exception {
    topics.sendAll(records(transactions.subList(0, 2_000)));
    insert();
    commitAsARemovedSink();
    store()
        .getCollection("verdicts")
        .insertMany(
            List.of(
                new Document("_id", "typed").append("verdict", "fraud"),
                new Document("_id", "of somebody else").append("verdict", "fraud")));
    // The others go on while the customer is forgotten.
    topics.sendAll(
        records(
            transactions.subList(2_000, 3_000).stream()
                .filter(each -> !each.cardholder().customerId().equals(customer))
                .toList()));

    ErasureReport report = forget();

    assertThat(report.transactions()).isEqualTo((int) ofTheCustomer);
    assertThat(report.documents().get(Environment.SCORED_COLLECTION)).isEqualTo(ofTheCustomer);
    assertThat(report.documents().get(Environment.FLAGGED_COLLECTION)).isPositive();
    assertThat(report.documents().get("flagged_by_card_10s")).isPositive();
    assertThat(report.documents().get("verdicts")).isEqualTo(1);
    assertThat(store().getCollection("verdicts").find().first().getString("_id"))
        .isEqualTo("of somebody else");
    assertThat(report.tombstones()).isPositive();
    assertThat(rowsOfTheCustomer()).isZero();
    for (String collection :
        List.of(Environment.SCORED_COLLECTION, Environment.FLAGGED_COLLECTION)) {
      assertThat(store().getCollection(collection).countDocuments(ofCustomer())).isZero();
    }
    assertThat(report.remains())
        .extracting(Remains::topic)
        .contains(Environment.INPUT_TOPIC, Environment.SCORED_TOPIC, Environment.FLAGGED_TOPIC)
        .doesNotContain("valid_transactions", "merchant_events", "merchant_features");
    assertThat(report.remains())
        .filteredOn(each -> each.topic().equals(Environment.INPUT_TOPIC))
        .extracting(Remains::records, Remains::until)
        .containsExactly(tuple(ofTheCustomer, "for 100 years (retention.ms)"));
  }

  @Test
  @Order(3)
  void theLedgerKnowsWhatWasErasedAndNothingElseIsMissing() throws Exception {
    Balance balance = awaitBalance();

    assertThat(balance.erased()).isEqualTo(ofTheCustomer);
    assertThat(String.join("\n", balance.lines())).contains("erased: people asked for it");
    assertThat(balance.lake().tables())
        .filteredOn(table -> !table.name().equals("rejections"))
        .isNotEmpty()
        .allMatch(Findings.Lake.Table::checked)
        .allMatch(table -> table.rows() == table.records());
    assertThat(balance.lake().tables())
        .filteredOn(table -> table.name().equals("decisions"))
        .allMatch(table -> table.records() == 3_000 - ofAllOf(customer));
    assertThat(balance.lake().tables())
        .filteredOn(table -> table.name().equals("rejections"))
        .noneMatch(Findings.Lake.Table::checked);
  }

  @Test
  @Order(4)
  void nothingComesBackWhenTheStackRestarts() throws Exception {
    topics.close();
    stack.close();
    stack = Stack.start(settings, line -> {});
    topics = new KafkaTopics(settings.bootstrapServers());

    assertThat(awaitBalance().erased()).isEqualTo(ofTheCustomer);
    assertThat(store().getCollection(Environment.SCORED_COLLECTION).countDocuments(ofCustomer()))
        .isZero();
  }

  @Test
  @Order(5)
  void theCardBeginsAnew() throws Exception {
    Transaction earlier =
        transactions.stream()
            .filter(each -> each.cardholder().customerId().equals(customer))
            .findFirst()
            .orElseThrow();
    String again =
        new String(TransactionJson.encode(earlier), StandardCharsets.UTF_8)
            .replaceFirst("\"transaction_id\":\"[^\"]+\"", "\"transaction_id\":\"anew\"");
    topics.send(Environment.INPUT_TOPIC, earlier.cardNumber(), again);

    soon()
        .untilAsserted(
            () -> {
              JsonNode scored = scored("anew");
              assertThat(scored).isNotNull();
              assertThat(scored.path("FEATURES").path("card_count_30d").asInt()).isEqualTo(1);
              assertThat(scored.path("FEATURES").path("new_merchant").asInt()).isEqualTo(1);
            });
  }

  @Test
  @Order(6)
  void aScanOfEveryByteTellsWhereTheCustomerIsLeft() {
    stack.close();

    PersonScan.Result scan = PersonScan.of(settings, customer);

    assertThat(scan.identifiers()).isGreaterThanOrEqualTo(3);
    assertThat(scan.places()).containsKey("topic " + Environment.INPUT_TOPIC);
    assertThat(scan.places().keySet()).noneMatch(place -> place.startsWith("file logs"));
    assertThat(PersonScan.of(settings, "C-unknown").places()).isEmpty();
  }

  /** Of the generated ones; the customer's of the last thousand were never sent. */
  private long ofAllOf(String someone) {
    return transactions.stream()
        .filter(each -> each.cardholder().customerId().equals(someone))
        .count();
  }

  private void commitAsARemovedSink() throws Exception {
    Map<String, Object> cluster = Map.of("bootstrap.servers", settings.bootstrapServers());
    try (Admin admin = Admin.create(cluster)) {
      admin
          .alterConsumerGroupOffsets(
              "connect-" + REMOVED_SINK,
              Map.of(new TopicPartition(Environment.INPUT_TOPIC, 0), new OffsetAndMetadata(0)))
          .all()
          .get();
    }
  }

  private JsonNode scored(String id) throws Exception {
    for (ConsumerRecord<byte[], byte[]> each : topics.read(Environment.SCORED_TOPIC)) {
      JsonNode row = new ObjectMapper().readTree(each.value());
      if (row.path("TRANSACTION_ID").asText().equals(id)) {
        return row;
      }
    }
    return null;
  }

  private long rowsOfTheCustomer() throws SQLException {
    try (Connection connection = rows.connect();
        PreparedStatement statement =
            connection.prepareStatement("SELECT count(*) FROM decisions WHERE customer_id = ?")) {
      statement.setString(1, customer);
      try (ResultSet count = statement.executeQuery()) {
        return count.next() ? count.getLong(1) : -1;
      }
    }
  }

  private ErasureReport forget() throws Exception {
    try (Erasure erasure = erasure()) {
      return erasure.forget(customer).orElseThrow();
    }
  }

  private Erasure erasure() {
    return new Erasure(
        settings.kafka(),
        store(),
        Optional.of(rows),
        Optional.of(lake),
        Duration.ofMinutes(3),
        gone(),
        line -> {});
  }

  /** As make forget does, which asks the stack's own servers. */
  private Predicate<String> gone() {
    try (Readers readers = new Readers(settings)) {
      Predicate<String> gone = readers.gone();
      assertThat(gone).accepts("connect-" + REMOVED_SINK);
      assertThat(gone).rejects("connect-scored-transactions", "console-consumer-1");
      return gone;
    }
  }

  private Balance awaitBalance() {
    AtomicReference<Balance> last = new AtomicReference<>();
    soon()
        .untilAsserted(
            () -> {
              last.set(
                  Balance.strike(
                      settings,
                      store(),
                      Optional.of(rows),
                      Optional.of(lake),
                      Balance.cutNow(settings),
                      0,
                      ReadingProgress.UNSEEN));
              assertThat(last.get().differences())
                  .as(String.join("\n", last.get().lines()))
                  .isZero();
            });
    return last.get();
  }

  private MongoDatabase store() {
    return mongo.getDatabase(Environment.DATABASE);
  }

  private Document ofCustomer() {
    return new Document("customer_id", customer);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(500));
  }

  private static List<Transaction> generated(int count) {
    Iterator<Transaction> generator =
        SimulatedTransaction.transactions(
            Simulation.of(
                    SimulationParameters.atRate(11, 100)
                        .withCustomers(100)
                        .withFrauds(
                            FraudScenarios.DEFAULT.withShare(FraudScenario.HIGH_AMOUNT, 0.2)))
                .from(NOON));
    List<Transaction> transactions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      transactions.add(generator.next());
    }
    return transactions;
  }

  private static List<ProducerRecord<byte[], byte[]>> records(List<Transaction> transactions) {
    return transactions.stream()
        .map(
            each ->
                new ProducerRecord<>(
                    Environment.INPUT_TOPIC,
                    null,
                    each.timestampMs(),
                    each.cardNumber().getBytes(StandardCharsets.UTF_8),
                    TransactionJson.encode(each)))
        .toList();
  }
}
