package dev.flagstream.local.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.KafkaTopics;
import dev.flagstream.local.broker.Broker;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.local.stack.DataDirectory;
import dev.flagstream.local.store.Store;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The ledger must be able to fail: each test but the first breaks one thing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerTest {

  private static final long NOON = Instant.parse("2026-01-02T12:00:03Z").toEpochMilli();
  private static final long WINDOW = Instant.parse("2026-01-02T12:00:00Z").toEpochMilli();
  private static final String CARD = "4242424242424242";

  private StackSettings settings;
  private Broker broker;
  private Store store;
  private MongoClient mongo;
  private MongoDatabase database;
  private Expectation expectation;
  private String token;

  @BeforeAll
  void fillTheInputTopic(@TempDir Path data) throws Exception {
    settings = new StackSettings(Path.of(".."), data, FreePorts.pick());
    try (DataDirectory directory = DataDirectory.open(settings)) {
      directory.ensureCardTokenKey();
    }
    broker = Broker.start(settings);
    store = Store.start(settings);
    mongo = MongoClients.create(settings.mongoUri());
    database = mongo.getDatabase(Environment.DATABASE);
    token = new CardTokens(settings.cardTokenKey()).of(CARD);
    try (KafkaTopics topics = new KafkaTopics(settings.bootstrapServers())) {
      topics.create(Environment.INPUT_TOPIC, 4);
      topics.send(Environment.INPUT_TOPIC, CARD, transaction("high", "2500.00", "Chicago"));
      topics.send(Environment.INPUT_TOPIC, CARD, transaction("away", "600.10", "Boston"));
      topics.send(Environment.INPUT_TOPIC, CARD, transaction("fine", "10.00", "Chicago"));
      topics.send(Environment.INPUT_TOPIC, CARD, transaction("model", "20.00", "Chicago"));
      topics.send(Environment.INPUT_TOPIC, CARD, "no JSON");
      topics.send(Environment.INPUT_TOPIC, CARD, null);
      topics.create(Environment.REJECTED_TOPIC, 1); // and nothing rejects what is no JSON
      topics.create(Environment.SCORED_TOPIC, 4);
      topics.send(Environment.SCORED_TOPIC, token, scored("high", "0.25"));
      topics.send(Environment.SCORED_TOPIC, token, scored("away", "null"));
      topics.send(Environment.SCORED_TOPIC, token, scored("fine", "0.4999"));
      topics.send(Environment.SCORED_TOPIC, token, scored("model", "0.5"));
    }
    letOneGetStuck();
    expectation = Expectation.recompute(settings);
  }

  /** It passed the first step; what the next one made of it could not be written. */
  private void letOneGetStuck() throws Exception {
    try (KafkaTopics topics = new KafkaTopics(settings.bootstrapServers())) {
      topics.send(Environment.INPUT_TOPIC, CARD, transaction("stuck", "2500.00", "Boston"));
      topics.create("valid_transactions", 4);
      topics.send("valid_transactions", token, "{\"EVENT\":{\"TRANSACTION_ID\":\"stuck\"}}");
      topics.create(Environment.UNPROCESSED_TOPIC, 1);
      topics.send(
          Environment.UNPROCESSED_TOPIC,
          (String) null,
          """
          {"REASON":"UNWRITABLE","FAILED_QUERY":"CTAS_CARD_FEATURES_7",
           "SOURCE_TOPIC":"valid_transactions","SOURCE_PARTITION":%d,"SOURCE_OFFSET":0}\
          """
              .formatted(partitionOfTheFirst("valid_transactions")));
      // What nobody could read is in the way of nothing.
      topics.create(Environment.LABELS_TOPIC, 1);
      topics.send(Environment.LABELS_TOPIC, (String) null, "no label");
      topics.send(
          Environment.UNPROCESSED_TOPIC,
          (String) null,
          """
          {"REASON":"UNREADABLE value","FAILED_QUERY":"CSAS_MERCHANT_LABELS_13",
           "SOURCE_TOPIC":"fraud_labels","SOURCE_PARTITION":0,"SOURCE_OFFSET":0}\
          """);
      // Of one that is scored all the same, only a column could not be computed.
      topics.send(
          Environment.UNPROCESSED_TOPIC,
          (String) null,
          """
          {"REASON":"UNCOMPUTABLE","FAILED_QUERY":"CSAS_SCORED_TRANSACTIONS_11",
           "SOURCE_TOPIC":"credit_card_transactions","SOURCE_PARTITION":%d,"SOURCE_OFFSET":0}\
          """
              .formatted(partitionOfTheFirst(Environment.INPUT_TOPIC)));
    }
  }

  @AfterAll
  void stop() {
    expectation.close();
    mongo.close();
    broker.close();
    store.close();
  }

  @BeforeEach
  void storeWhatMustBeThere() {
    database.drop();
    flagged()
        .insertOne(
            document("high", "2500.00", List.of("AMOUNT_OVER_THRESHOLD"))
                .append("fraud_score", 0.25));
    flagged().insertOne(document("model", "20.00", List.of()).append("fraud_score", 0.5));
    for (String id : List.of("high", "away", "fine", "model")) {
      scored()
          .insertOne(
              new Document("_id", id)
                  .append("transaction_id", id)
                  .append("is_fraud", !id.equals("fine")));
    }
    flagged().insertOne(document("away", "600.10", List.of("AWAY_FROM_HOME")));
    database.getCollection("flagged_by_card_10s").insertOne(window(token + "|" + WINDOW));
    database.getCollection("flagged_by_category_10s").insertOne(window("grocery|" + WINDOW));
  }

  @Test
  void balancesWhenTheStoreHoldsWhatItMust() {
    Findings findings = check();

    assertThat(findings.problems()).isEmpty();
    assertThat(findings.balanced()).isTrue();
    assertThat(findings.expected()).isEqualTo(3);
    assertThat(findings.stored()).isEqualTo(3);
    assertThat(findings.windowsChecked()).isEqualTo(2);
  }

  /** All was scored before; a token is right under the key that was the newest then. */
  @Test
  void balancesAfterTheCardTokenKeyWasRotated() throws Exception {
    Path file = settings.cardTokenKey();
    String key = Files.readString(file);
    try {
      Files.writeString(file, "k2: " + "0c".repeat(32) + "\n" + key);

      assertThat(new CardTokens(file).of(CARD)).startsWith("k2.").doesNotContain(token);
      assertThat(new CardTokens(file).allOf(CARD)).contains(token);
      try (Expectation anew = Expectation.recompute(settings)) {
        assertThat(new Ledger(anew, WINDOW).check(database, 0).problems()).isEmpty();
      }
    } finally {
      Files.writeString(file, key);
    }
  }

  @Test
  void countsTheRecordsOfTheInputTopic() {
    assertThat(expectation.inputRecords()).isEqualTo(7);
    assertThat(expectation.unprocessedRecords()).isEqualTo(1);
    assertThat(expectation.emptyRecords()).isEqualTo(1);
    assertThat(expectation.flaggedCount()).isEqualTo(3);
  }

  @Test
  void namesAMissingDocument() {
    flagged().deleteOne(new Document("_id", "away"));

    assertThat(check().flagged().missing().first()).containsExactly("away");
    assertThat(check().balanced()).isFalse();
    assertThat(check().problems())
        .containsExactly("1 flagged transactions are missing in the store: away");
  }

  @Test
  void namesADocumentThatIsStoredTwice() {
    flagged()
        .insertOne(document("away", "600.10", List.of("AWAY_FROM_HOME")).append("_id", "other"));

    assertThat(check().flagged().duplicated().first()).containsExactly("away");
    assertThat(check().balanced()).isFalse();
  }

  @Test
  void namesADocumentThatNobodyFlagged() {
    flagged().insertOne(document("fine", "10.00", List.of()));

    assertThat(check().flagged().unexpected().first()).containsExactly("fine");
    assertThat(check().balanced()).isFalse();
  }

  @Test
  void noticesAnAmountThatIsACentOff() {
    set("away", "amount", decimal("600.11"));

    assertThat(check().flagged().altered().first()).containsExactly("away");
  }

  @Test
  void noticesMoneyThatIsADouble() {
    set("away", "amount", 600.10);

    assertThat(check().flagged().altered().first()).containsExactly("away");
  }

  @Test
  void noticesATimeThatIsANumber() {
    set("away", "event_time", NOON);

    assertThat(check().flagged().altered().first()).containsExactly("away");
  }

  @Test
  void noticesATokenOfAnotherCard() {
    set("away", "card_token", "0".repeat(64));

    assertThat(check().flagged().altered().first()).containsExactly("away");
  }

  @Test
  void noticesAnotherReason() {
    set("away", "rule_hits", List.of("UNUSUAL_CITY"));

    assertThat(check().flagged().altered().first()).containsExactly("away");
  }

  @Test
  void namesAMissingDocumentThatTheModelAloneFlagged() {
    flagged().deleteOne(new Document("_id", "model"));

    assertThat(check().flagged().missing().first()).containsExactly("model");
  }

  @Test
  void noticesAScoreThatTheModelNeverGave() {
    set("model", "fraud_score", 0.75);

    assertThat(check().flagged().altered().first()).containsExactly("model");
  }

  @Test
  void noticesADecisionThatIsNotInTheStore() {
    scored().deleteOne(new Document("_id", "fine"));

    assertThat(check().decisions().missing().first()).containsExactly("fine");
    assertThat(check().problems())
        .containsExactly("1 scored transactions have no decision in the store: fine");
  }

  @Test
  void noticesADecisionThatClearsWhatARuleHits() {
    scored()
        .updateOne(
            new Document("_id", "high"), new Document("$set", new Document("is_fraud", false)));

    assertThat(check().decisions().wrong().first()).containsExactly("high");
    assertThat(check().balanced()).isFalse();
  }

  @Test
  void noticesADecisionOnATransactionThatNobodyScored() {
    scored().insertOne(new Document("_id", "ghost").append("transaction_id", "ghost"));

    assertThat(check().decisions().unexpected().first()).containsExactly("ghost");
  }

  @Test
  void noticesASecondDecision() {
    scored()
        .insertOne(
            new Document("_id", "other").append("transaction_id", "high").append("is_fraud", true));

    assertThat(check().decisions().duplicated().first()).containsExactly("high");
  }

  @Test
  void comparesAgainOnlyWhatDiffered() {
    scored().deleteOne(new Document("_id", "fine"));
    database.getCollection("flagged_by_category_10s").drop();
    Ledger ledger = new Ledger(expectation, WINDOW);
    Findings before = ledger.check(database, 0);
    storeWhatMustBeThere();
    flagged().deleteOne(new Document("_id", "away")); // was all right: is not looked at again

    assertThat(before.storeDifferences()).isEqualTo(2);
    assertThat(ledger.recheckWindows(database, before).storeDifferences()).isEqualTo(1);
    assertThat(ledger.recheck(database, before, 0).balanced()).isTrue();
  }

  @Test
  void doesNotMissWhatEarlierRunsCouldNotStore() {
    scored().deleteOne(new Document("_id", "fine"));
    flagged().deleteOne(new Document("_id", "away"));
    DeadLetters earlier =
        new DeadLetters(
            2,
            List.of(
                new DeadLetter("dlq_scored_transactions-0@0", "scored_transactions", "fine", "no"),
                new DeadLetter(
                    "dlq_flagged_transactions-0@0", "flagged_transactions", "away", "no")));

    Findings findings =
        new Ledger(expectation, WINDOW, earlier, ReadingProgress.UNSEEN).check(database, 0);

    assertThat(findings.problems()).isEmpty();
  }

  @Test
  void saysWhereAMissingTransactionGotStuck() {
    scored().deleteOne(new Document("_id", "fine"));
    scored().deleteOne(new Document("_id", "high"));
    DeadLetters letters =
        new DeadLetters(
            1,
            List.of(
                new DeadLetter(
                    "dlq_scored_transactions-0@0",
                    "scored_transactions",
                    "fine",
                    "Converting failed")));

    List<Check> failed =
        Checks.ofStore(check(), expectation, letters).stream()
            .filter(each -> !each.passed())
            .toList();

    assertThat(failed)
        .extracting(Check::sentence)
        .containsExactly(
            "2 scored transactions have no decision in the store",
            "1 records went to a dead-letter topic (dlq_*)");
    assertThat(failed.get(0).details())
        .containsExactly(
            "fine: in the dead letters (dlq_scored_transactions): Converting failed",
            "high: scored, but not in MongoDB");
  }

  @Test
  void namesARecordThatIsNeitherScoredNorRejected() {
    Unaccounted unaccounted = Unaccounted.find(expectation);

    assertThat(unaccounted.nowhere().first())
        .containsExactly(
            "the record at offset 4 of partition " + partitionOfTheFirst(Environment.INPUT_TOPIC));
    assertThat(unaccounted.tooOften().isEmpty()).isTrue();
  }

  @Test
  void noticesAClearCardNumberAnywhere() {
    set("away", "note", "paid with " + CARD);

    assertThat(check().flagged().altered().first()).containsExactly("away");
  }

  @Test
  void noticesAWindowThatCountsTwice() {
    database
        .getCollection("flagged_by_card_10s")
        .updateOne(new Document(), new Document("$set", new Document("transactions", 4L)));

    assertThat(check().windows().wrong().first()).containsExactly(token + "|" + WINDOW);
  }

  @Test
  void noticesAMissingWindow() {
    database.getCollection("flagged_by_category_10s").drop();

    assertThat(check().windows().wrong().first()).containsExactly("grocery|" + WINDOW);
  }

  @Test
  void noticesAWindowThatNothingFlaggedIsIn() {
    String ghost = "groceries|with|bars|" + (WINDOW + 10_000);
    database.getCollection("flagged_by_category_10s").insertOne(window(ghost));

    assertThat(check().windows().unexpected()).isEqualTo(new Ids(1, List.of(ghost)));
    assertThat(check().problems())
        .containsExactly("1 windows have nothing flagged in them: " + ghost);
    assertThat(strike(Balance.cutNow(settings)).different())
        .extracting(Balance.Difference::what)
        .containsExactly("windows that nothing flagged is in");
    assertThat(new Ledger(expectation, WINDOW + 20_000).check(database, 0).balanced()).isTrue();
  }

  @Test
  void looksOnceMoreForAWindowThatNothingFlaggedIsIn() {
    database.getCollection("flagged_by_card_10s").insertOne(window("ghost|" + WINDOW));
    Ledger ledger = new Ledger(expectation, WINDOW);
    Findings before = ledger.check(database, 0);
    assertThat(ledger.recheck(database, before, 0).windows().unexpected().count()).isEqualTo(1);

    database.getCollection("flagged_by_card_10s").deleteOne(new Document("_id", "ghost|" + WINDOW));

    assertThat(ledger.recheck(database, before, 0).balanced()).isTrue();
  }

  @Test
  void leavesWindowsOfEarlierRunsAlone() {
    database.getCollection("flagged_by_category_10s").drop();

    assertThat(new Ledger(expectation, WINDOW + 10_000).check(database, 0).balanced()).isTrue();
  }

  @Test
  void doesNotBalanceWithDeadLetters() {
    Findings findings = new Ledger(expectation, WINDOW).check(database, 2);

    assertThat(findings.balanced()).isFalse();
    assertThat(findings.problems())
        .containsExactly("2 records went to a dead-letter topic (dlq_*)");
  }

  @Test
  void balanceCountsWhatBecameOfEachRecordAndNamesWhatDidNotComeOut() {
    Balance balance = strike(Balance.cutNow(settings));

    assertThat(balance.in()).isEqualTo(7);
    assertThat(balance.flagged()).isEqualTo(3);
    assertThat(balance.cleared()).isEqualTo(1);
    assertThat(balance.decisionsStored()).isEqualTo(4);
    assertThat(balance.flaggedStored()).isEqualTo(3);
    assertThat(balance.rejected())
        .containsExactly(entry("EMPTY", 1L), entry("UNWRITABLE (CTAS_CARD_FEATURES)", 1L));
    assertThat(balance.windowsCompared()).isEqualTo(2);
    // What is no JSON was neither scored nor rejected.
    assertThat(balance.differences()).isEqualTo(1);
    assertThat(balance.missing()).hasSize(1);
    assertThat(String.join("\n", balance.lines()))
        .contains("records neither scored nor rejected")
        .contains("the record at offset");
  }

  @Test
  void balanceIsAboutWhatCameInBeforeTheCut() {
    // Before anything came in: what the store has now came in later, and is accounted for.
    Map<Integer, Long> nothing = Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L);
    assertThat(strike(nothing).in()).isZero();
    assertThat(strike(nothing).later()).isEqualTo(7);
    assertThat(strike(nothing).decisionsStored()).isZero();
    assertThat(strike(nothing).flaggedStored()).isZero();
    assertThat(strike(nothing).differences()).isZero();

    scored().insertOne(new Document("_id", "ghost").append("transaction_id", "ghost"));
    assertThat(strike(nothing).different())
        .extracting(Balance.Difference::what)
        .containsExactly("decisions of nothing that came in");
  }

  @Test
  void namesTransactionsThatWereScoredMoreOftenThanTheyCameIn() {
    Map<Integer, Long> nothing = Map.of(0, 0L, 1, 0L, 2, 0L, 3, 0L);
    try (Expectation beforeAnythingCameIn =
        Expectation.recompute(settings, nothing, ReadingProgress.UNSEEN)) {
      assertThat(beforeAnythingCameIn.scoredTooOften())
          .isEqualTo(new Ids(4, List.of("away", "fine", "high", "model")));
    }
  }

  private Balance strike(Map<Integer, Long> cut) {
    return Balance.strike(settings, database, cut, WINDOW, ReadingProgress.UNSEEN);
  }

  /** Which partition the first record of a topic is in. */
  private int partitionOfTheFirst(String topic) {
    int[] partition = new int[1];
    new TopicReader(settings.kafka())
        .readWhile(
            topic,
            each -> {
              partition[0] = each.partition();
              return false;
            });
    return partition[0];
  }

  private Findings check() {
    return new Ledger(expectation, WINDOW).check(database, 0);
  }

  private static String scored(String id, String score) {
    return """
    {"TRANSACTION_ID":"%s","IS_FRAUD":%s,"FEATURES":{"amount":1.5},"FRAUD_SCORE":%s,
     "FRAUD_THRESHOLD":0.5}\
    """
        .formatted(id, !id.equals("fine"), score);
  }

  private MongoCollection<Document> scored() {
    return database.getCollection(Environment.SCORED_COLLECTION);
  }

  private MongoCollection<Document> flagged() {
    return database.getCollection(Environment.FLAGGED_COLLECTION);
  }

  /** By deleting and inserting: the store takes a double for no change of an equal decimal. */
  private void set(String id, String field, Object value) {
    Document changed = flagged().findOneAndDelete(new Document("_id", id));
    assertThat(changed).isNotNull();
    flagged().insertOne(changed.append(field, value));
  }

  private Document document(String id, String amount, List<String> ruleHits) {
    return new Document("_id", id)
        .append("transaction_id", id)
        .append("card_token", token)
        .append("card_last4", "4242")
        .append("amount", decimal(amount))
        .append("rule_hits", ruleHits)
        .append("event_time", Date.from(Instant.ofEpochMilli(NOON)));
  }

  private static Document window(String id) {
    return new Document("_id", id)
        .append("transactions", 3L)
        .append("amount_sum", decimal("3120.10"))
        .append("amount_min", decimal("20.00"))
        .append("amount_max", decimal("2500.00"));
  }

  private static Decimal128 decimal(String amount) {
    return new Decimal128(new BigDecimal(amount));
  }

  private static String transaction(String id, String amount, String city) {
    return """
    {"transaction_id":"%s","card_number":"%s","customer_id":"C1","customer_age":42,
     "home_city":"Chicago","home_lat":41.9,"home_lon":-87.6,"amount":%s,"currency":"USD","merchant_id":"M1","mcc":"5411","channel":"chip","merchant":"Shop",
     "merchant_category":"grocery","location":{"city":"%s","state":"IL","country":"US",
     "lat":41.88,"lon":-87.63},"location_risk_score":0.12,"timestamp":%d}\
    """
        .formatted(id, CARD, amount, city, NOON);
  }
}
