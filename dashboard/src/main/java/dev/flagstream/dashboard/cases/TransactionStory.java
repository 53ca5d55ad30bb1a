package dev.flagstream.dashboard.cases;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.include;
import static com.mongodb.client.model.Sorts.descending;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * All that is known of one transaction, flagged or cleared: the decision, what its card did before
 * and after, how its features compare, and what else its merchant had flagged. Thread-safe.
 */
public final class TransactionStory {

  private static final int CARD_TRANSACTIONS = 50;
  private static final int MERCHANT_CASES = 10;
  private static final int POPULATION = 2_000;
  private static final long POPULATION_AGE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final Bson CARD_COLUMNS =
      include(
          "event_time",
          "amount",
          "currency",
          "merchant",
          "merchant_category",
          "channel",
          "location",
          "is_fraud",
          "fraud_score",
          "features");

  private final MongoCollection<Document> scored;
  private final MongoCollection<Document> flagged;
  private Map<String, FeatureRange> population = Map.of();
  private long populationNanos;

  /** Reads the transactions in this database. */
  public TransactionStory(MongoDatabase database) {
    this.scored = database.getCollection(StoreNames.SCORED);
    this.flagged = database.getCollection(StoreNames.FLAGGED);
  }

  /** The story of a transaction; null if there is no decision on one of that id. */
  public Map<String, Object> of(String id) {
    Document transaction = scored.find(eq("_id", id)).first();
    if (transaction == null) {
      // One sink may be ahead of the other.
      transaction = flagged.find(eq("_id", id)).first();
    }
    if (transaction == null) {
      return null;
    }
    List<Document> card = card(transaction.getString("card_token"));
    Map<String, Object> story = new LinkedHashMap<>();
    story.put("transaction", DocumentJson.of(transaction));
    story.put("expected_loss", ExpectedLoss.of(transaction).toPlainString());
    story.put("card", card.stream().map(TransactionStory::withoutFeatures).toList());
    story.put("merchant", merchant(transaction.getString("merchant_id")));
    story.put("cardRanges", FeatureRange.of(card));
    story.put("populationRanges", population());
    story.put("populationSize", POPULATION);
    return story;
  }

  /** The decision as it is stored; null if there is none. */
  public Map<String, Object> record(String id) {
    Document transaction = scored.find(eq("_id", id)).first();
    return transaction == null ? null : DocumentJson.of(transaction);
  }

  private List<Document> card(String token) {
    if (token == null) {
      return List.of();
    }
    return scored
        .find(eq("card_token", token))
        .projection(CARD_COLUMNS)
        .sort(descending("event_time"))
        .limit(CARD_TRANSACTIONS)
        .into(new ArrayList<>());
  }

  private static Map<String, Object> withoutFeatures(Document transaction) {
    Map<String, Object> json = DocumentJson.of(transaction);
    json.remove("features");
    return json;
  }

  private List<Map<String, Object>> merchant(String id) {
    if (id == null) {
      return List.of();
    }
    List<Map<String, Object>> cases = new ArrayList<>();
    flagged
        .find(eq("merchant_id", id))
        .projection(include("event_time", "amount", "currency", "card_last4", "fraud_score"))
        .sort(descending("event_time"))
        .limit(MERCHANT_CASES)
        .forEach(each -> cases.add(DocumentJson.of(each)));
    return cases;
  }

  /**
   * The ranges over the latest decisions. Computing them is expensive and happens at most once a
   * minute.
   */
  private synchronized Map<String, FeatureRange> population() {
    if (population.isEmpty() || System.nanoTime() - populationNanos > POPULATION_AGE_NANOS) {
      List<Document> latest = new ArrayList<>();
      scored
          .find()
          .projection(include("features"))
          .sort(descending("event_time", "_id"))
          .limit(POPULATION)
          .batchSize(500)
          .into(latest);
      population = FeatureRange.of(latest);
      populationNanos = System.nanoTime();
    }
    return population;
  }

  /**
   * Where the middle eight tenths of a feature's values lie.
   *
   * @param low a tenth of the values is less
   * @param middle the median
   * @param high a tenth of the values is more
   */
  record FeatureRange(double low, double middle, double high) {

    private static final double TENTH = 0.1;

    /** One entry for each feature that any of these decisions has. */
    static Map<String, FeatureRange> of(List<Document> decisions) {
      Map<String, List<Double>> values = new TreeMap<>();
      for (Document each : decisions) {
        if (each.get("features") instanceof Document features) {
          features.forEach(
              (name, value) -> {
                if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
                  values.computeIfAbsent(name, any -> new ArrayList<>()).add(number.doubleValue());
                }
              });
        }
      }
      Map<String, FeatureRange> ranges = new TreeMap<>();
      values.forEach((name, all) -> ranges.put(name, of(all, TENTH)));
      return ranges;
    }

    private static FeatureRange of(List<Double> values, double share) {
      values.sort(Comparator.naturalOrder());
      return new FeatureRange(at(values, share), at(values, 0.5), at(values, 1 - share));
    }

    private static double at(List<Double> sorted, double share) {
      return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
  }
}
