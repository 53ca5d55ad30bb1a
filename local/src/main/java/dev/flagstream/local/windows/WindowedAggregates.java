package dev.flagstream.local.windows;

import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.settings.Environment;
import java.math.BigDecimal;
import java.util.ArrayList;
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

  /** The newest windows, oldest of them first. */
  public static List<Window> last(MongoDatabase store, int windows) {
    var result = new ArrayList<Window>();
    store
        .getCollection(Environment.FLAGGED_COLLECTION)
        .aggregate(pipeline(windows))
        .forEach(document -> result.add(of(document)));
    return result;
  }

  /** The aggregation itself; it can be pasted into mongosh. */
  public static List<Document> pipeline(int windows) {
    var intoWindow = new Document("$mod", List.of(EVENT_TIME_MS, SIZE_MS));
    var start = new Document("$subtract", List.of(EVENT_TIME_MS, intoWindow));
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

  /** What was flagged for which reason from a time on, the most frequent reason first. */
  public static List<Reason> byReason(MongoDatabase store, long fromMs) {
    var result = new ArrayList<Reason>();
    store
        .getCollection(Environment.FLAGGED_COLLECTION)
        .aggregate(reasonsPipeline(fromMs))
        .forEach(
            document ->
                result.add(
                    new Reason(
                        document.getString("_id"),
                        document.get("transactions", Number.class).longValue(),
                        document.get("cards", Number.class).longValue(),
                        amount(document, "sum"))));
    return result;
  }

  /**
   * The aggregation itself; it can be pasted into mongosh. A transaction that several rules, or
   * rules and model, find suspicious counts for each of them.
   */
  public static List<Document> reasonsPipeline(long fromMs) {
    var topFeature = new Document("$arrayElemAt", List.of("$reasons.feature", 0));
    var score =
        new Document(
            "$cond",
            List.of(
                "$model_alert",
                List.of(new Document("$concat", List.of("SCORE ", topFeature))),
                List.of()));
    return List.of(
        new Document("$match", new Document("event_time", new Document("$gte", new Date(fromMs)))),
        new Document(
            "$project",
            new Document("amount", 1)
                .append("card_token", 1)
                .append("reason", new Document("$concatArrays", List.of("$rule_hits", score)))),
        new Document("$unwind", "$reason"),
        new Document(
            "$group",
            new Document("_id", "$reason")
                .append("transactions", new Document("$sum", 1))
                .append("cards", new Document("$addToSet", "$card_token"))
                .append("sum", new Document("$sum", "$amount"))),
        new Document("$sort", new Document("transactions", -1).append("_id", 1)),
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
