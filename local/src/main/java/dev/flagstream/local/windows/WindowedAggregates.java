package dev.flagstream.local.windows;

import com.mongodb.client.MongoDatabase;
import dev.flagstream.local.settings.Environment;
import java.math.BigDecimal;
import java.util.ArrayList;
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
