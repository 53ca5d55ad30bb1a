package dev.flagstream.dashboard.verdict;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.size;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import dev.flagstream.client.SqlClient;
import dev.flagstream.client.SqlRows;
import dev.flagstream.dashboard.cases.DocumentJson;
import dev.flagstream.dashboard.cases.StoreNames;
import dev.flagstream.dashboard.http.UnusableRequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The analysts' verdicts. Who said what and when is kept in the collection {@code verdicts}; what
 * it means for features and training goes to the stream {@code fraud_labels}, as the bank's own
 * reports do. A verdict is written down before it is sent, and marked when it has been: one that
 * was not is sent when it is given again, and a label that comes twice counts once. A label has the
 * time of its verdict, by which it is told from the bank's own: what the bank last said of a
 * transaction is said again when the verdict on it is withdrawn. Several dashboards may give
 * verdicts on one transaction at once: the one written down last holds, and its label is the last.
 * Thread-safe.
 */
public final class Verdicts {

  private static final String COLLECTION = "verdicts";

  /** What holds after a verdict was taken back that nobody had given. */
  private static final Map<String, Object> NOTHING_SAID =
      Map.of("verdict", Verdict.NONE.text(), "sent", true, "history", List.of());

  private final SqlClient sql;
  private final MongoCollection<Document> scored;
  private final MongoCollection<Document> verdicts;
  private final Optional<String> analyst;

  /**
   * The verdicts of a store.
   *
   * @param analyst who gives them here; empty if they can only be read
   */
  public Verdicts(SqlClient sql, MongoDatabase database, Optional<String> analyst) {
    this.sql = sql;
    this.scored = database.getCollection(StoreNames.SCORED);
    this.verdicts = database.getCollection(COLLECTION);
    this.analyst = analyst;
  }

  /** The name of the person who gives verdicts; empty if nobody can. */
  public Optional<String> analyst() {
    return analyst;
  }

  /** The verdict on a transaction, with those before it; null if there is none. */
  public Map<String, Object> find(String id) {
    Document verdict = verdicts.find(eq("_id", id)).first();
    return verdict == null ? null : DocumentJson.of(verdict);
  }

  /**
   * Gives a verdict. The same one again changes nothing.
   *
   * @param text fraud, honest or none
   * @return the verdict as it is now; null if there is no such transaction
   * @throws UnusableRequestException if the text is no verdict, or nobody may give one
   */
  public synchronized Map<String, Object> give(String id, String text) {
    String by =
        analyst.orElseThrow(
            () ->
                new UnusableRequestException(
                    "This dashboard is read-only. Start it with --verdicts --user NAME."));
    Verdict verdict = Verdict.of(text);
    Document transaction = scored.find(eq("_id", id)).first();
    if (transaction == null) {
      return null;
    }
    if (writeDown(id, verdict, by)) {
      send(transaction);
    }
    Map<String, Object> now = find(id);
    return now == null ? NOTHING_SAID : now;
  }

  /**
   * Writes a verdict down unless it is what holds already.
   *
   * @return whether there is something to send
   */
  private boolean writeDown(String id, Verdict verdict, String by) {
    while (true) {
      Document before = verdicts.find(eq("_id", id)).first();
      String now = before == null ? Verdict.NONE.text() : before.getString("verdict");
      if (verdict.text().equals(now)) {
        return before != null && !before.getBoolean("sent", false);
      }
      if (follows(before, id, verdict, by)) {
        return true;
      }
      // Somebody else gave one in between, on another dashboard: it is looked at first.
    }
  }

  /** Whether the verdict could be put after those that were there; not if there is another now. */
  private boolean follows(Document before, String id, Verdict verdict, String by) {
    Date at = Date.from(Instant.now());
    Document entry = new Document("verdict", verdict.text()).append("by", by).append("at", at);
    if (before == null) {
      try {
        verdicts.insertOne(
            new Document("_id", id)
                .append("verdict", verdict.text())
                .append("by", by)
                .append("at", at)
                .append("sent", false)
                .append("history", List.of(entry)));
        return true;
      } catch (MongoWriteException e) {
        if (e.getError().getCategory() == ErrorCategory.DUPLICATE_KEY) {
          return false;
        }
        throw e;
      }
    }
    return verdicts
            .updateOne(
                asOf(before),
                combine(
                    set("verdict", verdict.text()),
                    set("by", by),
                    set("at", at),
                    set("sent", false),
                    push("history", entry)))
            .getMatchedCount()
        == 1;
  }

  /** Finds the verdicts on a transaction if none has come since. */
  private static Bson asOf(Document known) {
    return and(
        eq("_id", known.getString("_id")),
        size("history", known.getList("history", Document.class).size()));
  }

  /**
   * Sends what holds. Whoever finds another verdict after it has sent one sends that as well, so
   * that the last label is of the last verdict, whoever was slower.
   */
  private void send(Document transaction) {
    Document known;
    do {
      known = verdicts.find(eq("_id", transaction.getString("_id"))).first();
      send(transaction, known);
    } while (verdicts.updateOne(asOf(known), set("sent", true)).getMatchedCount() == 0);
  }

  /**
   * As a label: "honest" is one that nothing is wrong, and "none" repeats what the bank had said.
   * Its key is the transaction's id, as that of the bank's reports is, so that all of a transaction
   * are in one partition and stay in their order.
   */
  private void send(Document transaction, Document known) {
    String id = transaction.getString("_id");
    Verdict verdict = Verdict.of(known.getString("verdict"));
    SortedSet<Long> given = timesOf(known);
    boolean fraud = verdict == Verdict.NONE ? bankSaysFraud(id, given) : verdict == Verdict.FRAUD;
    long time =
        transaction.get("event_time") instanceof Date date ? date.toInstant().toEpochMilli() : 0;
    sql.execute(
        "INSERT INTO fraud_labels (label_key, transaction_id, merchant_id, customer_id, is_fraud,"
            + " transaction_time, reported_at) VALUES (%s, %s, %s, %s, %s, %d, %d);"
                .formatted(
                    literal(id),
                    literal(id),
                    literal(transaction.getString("merchant_id")),
                    literal(transaction.getString("customer_id")),
                    fraud,
                    time,
                    given.last()));
  }

  /** When its verdicts were given, which is when their labels are reported. */
  private static SortedSet<Long> timesOf(Document known) {
    return known.getList("history", Document.class).stream()
        .map(each -> each.get("at", Date.class).toInstant().toEpochMilli())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Whether the last label of a transaction that is not a verdict's says fraud. Reads all labels
   * that there are: nothing finds those of one transaction, and verdicts are seldom withdrawn.
   *
   * @param given the times of the verdicts' labels
   */
  private boolean bankSaysFraud(String id, Set<Long> given) {
    boolean fraud = false;
    try (SqlRows labels =
        sql.query(
            "SELECT is_fraud, reported_at FROM fraud_labels WHERE transaction_id = %s;"
                .formatted(literal(id)),
            Map.of())) {
      for (Optional<JsonNode> row = labels.next(); row.isPresent(); row = labels.next()) {
        JsonNode said = row.get().path(0);
        JsonNode reportedAt = row.get().path(1);
        if (said.isBoolean() && !given.contains(reportedAt.longValue())) {
          fraud = said.booleanValue();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("What the bank had reported cannot be read", e);
    }
    return fraud;
  }

  private static String literal(String text) {
    return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
  }
}
