package dev.flagstream.local.ledger;

import com.fasterxml.jackson.core.type.TypeReference;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.local.ledger.files.FileMap;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Compares the store with what it must hold: each flagged transaction exactly once, exact to the
 * cent, as the right types, and nothing else; a decision for each transaction that was scored; and
 * the windows that the flagged ones are in.
 *
 * <p>One pass over each collection, of which only the needed fields cross the wire. What it keeps
 * is bounded by the flagged transactions and by what {@link TransactionTable} says. For one thread.
 */
public final class Ledger {

  private final Expectation expectation;
  private final DeadLetters earlier;
  private final ReadingProgress progress;

  private final WindowAudit byCard;
  private final WindowAudit byCategory;

  /**
   * A ledger over everything that was ever put in.
   *
   * @param windowsFromMs windows before this time are not compared: a transaction that is replayed
   *     more than a day late is flagged, but no longer counts in its window
   */
  public Ledger(Expectation expectation, long windowsFromMs) {
    this(expectation, windowsFromMs, DeadLetters.NONE, ReadingProgress.UNSEEN);
  }

  /**
   * As above.
   *
   * @param earlier what earlier runs could not store: accounted for, and not reported again
   * @param progress receives how far it has got
   */
  public Ledger(
      Expectation expectation, long windowsFromMs, DeadLetters earlier, ReadingProgress progress) {
    this.expectation = expectation;
    this.earlier = earlier;
    this.progress = progress;
    this.byCard =
        new WindowAudit(
            "flagged_by_card_10s",
            expectation.windowsByCard(windowsFromMs),
            windowsFromMs,
            expectation,
            progress);
    this.byCategory =
        new WindowAudit(
            "flagged_by_category_10s",
            expectation.windowsByCategory(windowsFromMs),
            windowsFromMs,
            expectation,
            progress);
  }

  /**
   * Reads the store and compares.
   *
   * @param deadLetters how many records of this run the dead-letter topics hold
   */
  public Findings check(MongoDatabase store, long deadLetters) {
    Documents documents = readFlagged(store);
    Decisions decisions = readDecisions(store);
    byCard.compare(store);
    byCategory.compare(store);
    // By now the input topic has whatever the store has.
    expectation.readLater();
    byCard.clearOthers();
    byCategory.clearOthers();
    return new Findings(
        documents.findings(),
        findings(decisions),
        windowFindings(),
        expectation.alerts(progress),
        deadLetters);
  }

  /** Compares again what differed, and that alone. */
  public Findings recheck(MongoDatabase store, Findings before, long deadLetters) {
    Findings.Flagged flagged =
        before.flagged().differences() == 0 ? before.flagged() : readFlagged(store).findings();
    Findings.Decisions decisions =
        before.decisions().differences() == 0 ? before.decisions() : findings(readDecisions(store));
    byCard.compareAgain(store);
    byCategory.compareAgain(store);
    return new Findings(
        flagged,
        decisions,
        windowFindings(),
        alertsAgain(before),
        deadLetters,
        before.rows(),
        before.lake());
  }

  /**
   * The findings with those about a SQL store, whose rows are read and compared with the documents.
   *
   * @throws SQLException if it does not answer
   */
  public Findings checkRows(MongoDatabase store, SqlStoreClient rows, Findings before)
      throws SQLException {
    return before.with(
        new RowAudit(
                expectation, earlier.idsFrom(Environment.SCORED_TOPIC), progress, false, "rows")
            .check(store, rows));
  }

  /**
   * The findings with those about a lake, whose files are read and compared with topics and
   * documents.
   *
   * @throws SQLException if they cannot be read
   */
  public Findings checkLake(
      MongoDatabase store, LakeReader lake, KafkaSettings kafka, Findings before)
      throws SQLException {
    return before.with(
        new LakeAudit(expectation, earlier.idsFrom(Environment.SCORED_TOPIC), progress, kafka)
            .check(store, lake));
  }

  private Findings.Alerts alertsAgain(Findings before) {
    return before.alerts().differences() == 0 ? before.alerts() : expectation.alerts(progress);
  }

  /**
   * Looks only once more for the windows that differed, a few documents by their ids, and for the
   * alerts if any did.
   */
  public Findings recheckWindows(MongoDatabase store, Findings before) {
    byCard.compareDiffering(store);
    byCategory.compareDiffering(store);
    return new Findings(
        before.flagged(),
        before.decisions(),
        windowFindings(),
        alertsAgain(before),
        before.deadLetters(),
        before.rows(),
        before.lake());
  }

  private Documents readFlagged(MongoDatabase store) {
    Documents documents = new Documents();
    documents(store, Environment.FLAGGED_COLLECTION)
        .find()
        .forEach(progress.counting("flagged", documents::add));
    return documents;
  }

  private Decisions readDecisions(MongoDatabase store) {
    Decisions decisions = new Decisions(expectation);
    documents(store, Environment.SCORED_COLLECTION)
        .find()
        .projection(Decisions.FIELDS)
        .forEach(progress.counting("decisions", decisions::add));
    return decisions;
  }

  private Findings.Decisions findings(Decisions decisions) {
    return decisions.findings(earlier.idsFrom(Environment.SCORED_TOPIC));
  }

  private Findings.Windows windowFindings() {
    Ids.Counter wrong = new Ids.Counter();
    Stream.concat(byCard.wrong(), byCategory.wrong()).forEach(wrong::add);
    return new Findings.Windows(
        byCard.size() + byCategory.size(),
        wrong.ids(),
        byCard.unexpected().and(byCategory.unexpected()));
  }

  /** Windows that were not compared: late transactions, irregular or later ones may be in them. */
  long windowsLeftOpen() {
    return byCard.leftOpen() + byCategory.leftOpen();
  }

  private static MongoCollection<BsonDocument> documents(MongoDatabase store, String collection) {
    return store.getCollection(collection, BsonDocument.class);
  }

  private static boolean isFaithful(BsonDocument document, ExpectedDocument expected) {
    return new BsonString(expected.id()).equals(document.get("_id"))
        && isMoney(document.get("amount"), expected.amount())
        && new BsonDateTime(expected.eventTimeMs()).equals(document.get("event_time"))
        && new BsonString(expected.cardToken()).equals(document.get("card_token"))
        && new BsonString(lastFour(expected.cardNumber())).equals(document.get("card_last4"))
        && ruleHits(expected).equals(document.get("rule_hits"))
        && isScore(document.get("fraud_score"), expected)
        && !document.toString().contains(expected.cardNumber());
  }

  /** Whether it is an amount of money, in the type of money, of this value. */
  static boolean isMoney(BsonValue stored, BigDecimal expected) {
    return stored instanceof BsonDecimal128 decimal
        && decimal.getValue().bigDecimalValue().compareTo(expected) == 0;
  }

  private static String lastFour(String cardNumber) {
    return cardNumber.substring(cardNumber.length() - 4);
  }

  private static BsonArray ruleHits(ExpectedDocument expected) {
    return new BsonArray(expected.ruleHits().stream().map(BsonString::new).toList());
  }

  /** The score of a document is one that its transaction was given: the model's word is final. */
  private static boolean isScore(BsonValue stored, ExpectedDocument expected) {
    return stored instanceof BsonDouble score
        ? expected.scores().contains(score.getValue())
        : expected.scores().isEmpty();
  }

  /** The state of one pass over the documents of flagged transactions. */
  private final class Documents {

    private final FileMap<Boolean> seen = expectation.maps().map(new TypeReference<>() {});
    private final Suspects unexpected = new Suspects(expectation.maps());
    private final Ids.Counter duplicated = new Ids.Counter();
    private final Ids.Counter altered = new Ids.Counter();
    private long count;

    private Findings.Flagged findings() {
      Ids.Counter missing = new Ids.Counter();
      Set<String> excused = earlier.idsFrom(Environment.FLAGGED_TOPIC);
      expectation.flagged().keySet().stream()
          .filter(id -> !seen.containsKey(id) && !excused.contains(id))
          .forEach(missing::add);
      seen.clear();
      return new Findings.Flagged(
          expectation.flaggedCount(),
          count,
          missing.ids(),
          unexpected.without(expectation::isLater),
          duplicated.ids(),
          altered.ids());
    }

    private void add(BsonDocument document) {
      String id = Decisions.idOf(document);
      count += expectation.isOfTheCut(id) ? 1 : 0;
      if (seen.put(id, true) != null) {
        duplicated.add(id);
      }
      ExpectedDocument expected = expectation.flagged().get(id);
      if (expected != null) {
        if (!isFaithful(document, expected)
            && expectation.flaggedBefore(id).stream()
                .noneMatch(before -> isFaithful(document, before))) {
          altered.add(id);
        }
      } else if (!expectation.isUndecided(id)) {
        unexpected.add(id);
      }
    }
  }
}
