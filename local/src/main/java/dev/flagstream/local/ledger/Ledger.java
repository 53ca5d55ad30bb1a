package dev.flagstream.local.ledger;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.settings.Environment;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Compares the store with what it must hold: each flagged transaction exactly once, exact to the
 * cent, as the right types, and nothing else; and a decision for each transaction that was scored.
 */
public final class Ledger {

  private final Expectation expectation;
  private final long windowsFromMs;

  /**
   * A ledger over everything that was ever put in.
   *
   * @param windowsFromMs windows before this time are not compared: a transaction that is replayed
   *     more than a day late is flagged, but no longer counts in its window
   */
  public Ledger(Expectation expectation, long windowsFromMs) {
    this.expectation = expectation;
    this.windowsFromMs = windowsFromMs;
  }

  /**
   * Reads the store and compares.
   *
   * @param deadLetters how many records the dead-letter topics hold
   */
  public Findings check(MongoDatabase store, long deadLetters) {
    var documents = new Documents();
    documents(store, Environment.FLAGGED_COLLECTION).find().forEach(documents::add);
    var missing = new HashSet<>(expectation.flagged().keySet());
    missing.removeAll(documents.perTransaction.keySet());
    var wrongWindows = new TreeSet<String>();
    long windows =
        compare(
                store,
                "flagged_by_card_10s",
                expectation.windowsByCard(windowsFromMs),
                wrongWindows)
            + compare(
                store,
                "flagged_by_category_10s",
                expectation.windowsByCategory(windowsFromMs),
                wrongWindows);
    return new Findings(
        expectation.flaggedCount(),
        documents.count,
        missing,
        documents.unexpected,
        documents.duplicated(),
        documents.altered,
        withoutDecision(store),
        windows,
        wrongWindows,
        deadLetters);
  }

  /** Ids of scored transactions of which the store has no decision. */
  private Set<String> withoutDecision(MongoDatabase store) {
    var missing = new TreeSet<>(expectation.scoredIds());
    documents(store, Environment.SCORED_COLLECTION)
        .find()
        .projection(new BsonDocument("transaction_id", new BsonInt32(1)))
        .forEach(document -> missing.remove(Documents.idOf(document)));
    return missing;
  }

  private static MongoCollection<BsonDocument> documents(MongoDatabase store, String collection) {
    return store.getCollection(collection, BsonDocument.class);
  }

  private static long compare(
      MongoDatabase store,
      String collection,
      Collection<ExpectedWindow> windows,
      Set<String> wrong) {
    for (var window : windows) {
      var byId = new BsonDocument("_id", new BsonString(window.id()));
      var document = documents(store, collection).find(byId).first();
      if (document == null || !isFaithful(document, window)) {
        wrong.add(window.id());
      }
    }
    return windows.size();
  }

  private static boolean isFaithful(BsonDocument document, ExpectedWindow window) {
    return new BsonInt64(window.transactions()).equals(document.get("transactions"))
        && isMoney(document.get("amount_sum"), window.sum())
        && isMoney(document.get("amount_min"), window.min())
        && isMoney(document.get("amount_max"), window.max());
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

  private static boolean isMoney(BsonValue stored, BigDecimal expected) {
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

  /** The state of one pass over the documents. */
  private final class Documents {

    private final Map<String, Integer> perTransaction = new HashMap<>();
    private final Set<String> unexpected = new TreeSet<>();
    private final Set<String> altered = new TreeSet<>();
    private long count;

    private void add(BsonDocument document) {
      count++;
      var id = idOf(document);
      perTransaction.merge(id, 1, Integer::sum);
      var expected = expectation.flagged().get(id);
      if (expected != null) {
        if (!isFaithful(document, expected)) {
          altered.add(id);
        }
      } else if (!expectation.isUndecided(id)) {
        unexpected.add(id);
      }
    }

    /** A document without the field is named by its {@code _id}, whatever that is. */
    private static String idOf(BsonDocument document) {
      return document.get("transaction_id") instanceof BsonString id
          ? id.getValue()
          : String.valueOf(document.get("_id"));
    }

    private Set<String> duplicated() {
      var duplicated = new TreeSet<String>();
      perTransaction.forEach(
          (id, times) -> {
            if (times > 1) {
              duplicated.add(id);
            }
          });
      return duplicated;
    }
  }
}
