package dev.flagstream.local.windows;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.settings.Environment;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import org.bson.Document;
import org.bson.types.Decimal128;

/**
 * 10-second windows over the flagged transactions, computed by the database.
 *
 * <p>The pipeline keeps to operators that MongoDB 4.0 to 8 and the local store have in common: no
 * {@code $dateTrunc}, no {@code $count} accumulator.
 */
public final class WindowedAggregates {

  /**
   * One window.
   *
   * @param start epoch milliseconds
   * @param transactions how many were flagged
   * @param cards of how many cards
   */
  public record Window(
      long start, long transactions, long cards, BigDecimal sum, BigDecimal min, BigDecimal max) {}

  /**
   * What was flagged for one reason.
   *
   * @param reason the code of a rule, or SCORE and the feature that moved the model's score most
   * @param transactions how many were flagged for it, among other reasons or alone
   * @param cards of how many cards
   */
  public record Reason(String reason, long transactions, long cards, BigDecimal sum) {}

  private static final long SIZE_MS = 10_000;
  private static final Document EVENT_TIME_MS = new Document("$toLong", "$event_time");

  private WindowedAggregates() {}

  /** The newest windows, the oldest of them first. */
  public static List<Window> last(MongoDatabase store, int windows) {
    List<Window> result = new ArrayList<>();
    store
        .getCollection(Environment.FLAGGED_COLLECTION)
        .aggregate(pipeline(windows))
        .forEach(document -> result.add(of(document)));
    return result;
  }

  /** The aggregation itself; it can be pasted into mongosh. */
  public static List<Document> pipeline(int windows) {
    Document intoWindow = new Document("$mod", List.of(EVENT_TIME_MS, SIZE_MS));
    Document start = new Document("$subtract", List.of(EVENT_TIME_MS, intoWindow));
    return List.of(
        new Document(
            "$group",
            // A date rather than a number: numbers come out as doubles on some servers.
            new Document("_id", new Document("$toDate", start))
                .append("transactions", new Document("$sum", 1))
                .append("cards", new Document("$addToSet", "$card_token"))
                .append("sum", new Document("$sum", "$amount"))
                .append("min", new Document("$min", "$amount"))
                .append("max", new Document("$max", "$amount"))),
        new Document("$sort", new Document("_id", -1)),
        new Document("$limit", windows),
        new Document("$sort", new Document("_id", 1)),
        new Document("$addFields", new Document("cards", new Document("$size", "$cards"))));
  }

  /**
   * What was flagged for which reason from a time on, the most frequent reason first. A transaction
   * that several rules, or rules and model, find suspicious counts for each of them.
   */
  public static List<Reason> byReason(MongoDatabase store, long fromMs) {
    List<Reason> result = new ArrayList<>();
    MongoCollection<Document> flagged = store.getCollection(Environment.FLAGGED_COLLECTION);
    flagged.aggregate(rulesPipeline(fromMs)).forEach(document -> result.add(reason("", document)));
    flagged
        .aggregate(modelPipeline(fromMs))
        .forEach(document -> result.add(reason("SCORE ", document)));
    result.sort(
        Comparator.comparingLong(Reason::transactions).reversed().thenComparing(Reason::reason));
    return result;
  }

  private static Reason reason(String prefix, Document document) {
    return new Reason(
        prefix + document.getString("_id"),
        document.get("transactions", Number.class).longValue(),
        document.get("cards", Number.class).longValue(),
        amount(document, "sum"));
  }

  /** By the rules that hit; it can be pasted into mongosh. */
  public static List<Document> rulesPipeline(long fromMs) {
    List<Document> pipeline = new ArrayList<>();
    pipeline.add(new Document("$match", since(fromMs)));
    pipeline.add(new Document("$unwind", "$rule_hits"));
    pipeline.addAll(groupedBy("$rule_hits"));
    return pipeline;
  }

  /** By the feature that moved the score most; it can be pasted into mongosh. */
  public static List<Document> modelPipeline(long fromMs) {
    List<Document> pipeline = new ArrayList<>();
    pipeline.add(new Document("$match", since(fromMs).append("model_alert", true)));
    pipeline.addAll(groupedBy(new Document("$arrayElemAt", List.of("$reasons.feature", 0))));
    return pipeline;
  }

  private static Document since(long fromMs) {
    return new Document(
        "event_time", new Document("$gte", Date.from(Instant.ofEpochMilli(fromMs))));
  }

  private static List<Document> groupedBy(Object reason) {
    return List.of(
        new Document(
            "$group",
            new Document("_id", reason)
                .append("transactions", new Document("$sum", 1))
                .append("cards", new Document("$addToSet", "$card_token"))
                .append("sum", new Document("$sum", "$amount"))),
        new Document("$addFields", new Document("cards", new Document("$size", "$cards"))));
  }

  private static Window of(Document window) {
    return new Window(
        window.getDate("_id").toInstant().toEpochMilli(),
        window.get("transactions", Number.class).longValue(),
        window.get("cards", Number.class).longValue(),
        amount(window, "sum"),
        amount(window, "min"),
        amount(window, "max"));
  }

  private static BigDecimal amount(Document window, String field) {
    return window.get(field, Decimal128.class).bigDecimalValue();
  }
}
