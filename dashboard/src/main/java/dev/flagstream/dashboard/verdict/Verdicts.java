package dev.flagstream.dashboard.verdict;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import dev.flagstream.client.SqlClient;
import dev.flagstream.client.SqlRows;
import dev.flagstream.dashboard.cases.DocumentJson;
import dev.flagstream.dashboard.cases.StoreNames;
import dev.flagstream.dashboard.http.UnusableRequestException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bson.Document;

/**
 * The analysts' verdicts. Who said what and when is kept in the collection {@code verdicts}; what
 * it means for features and training goes to the stream {@code fraud_labels}, as the bank's own
 * reports do. A verdict is written down before it is sent, and marked when it has been: one that
 * was not is sent when it is given again, and a label that comes twice counts once. A label has the
 * time of its verdict, by which it is told from the bank's own: what the bank last said of a
 * transaction is said again when the verdict on it is withdrawn. Thread-safe.
 */
public final class Verdicts {

  private static final String COLLECTION = "verdicts";

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
    Document before = verdicts.find(eq("_id", id)).first();
    boolean sent = before != null && before.getBoolean("sent", false);
    String now = before == null ? Verdict.NONE.text() : before.getString("verdict");
    if (!verdict.text().equals(now)) {
      write(id, verdict, by);
      sent = false;
    }
    if (!sent && (before != null || verdict != Verdict.NONE)) {
      send(transaction, verdict);
      verdicts.updateOne(eq("_id", id), set("sent", true));
    }
    return find(id);
  }

  private void write(String id, Verdict verdict, String by) {
    Date at = Date.from(Instant.now());
    verdicts.updateOne(
        eq("_id", id),
        combine(
            set("verdict", verdict.text()),
            set("by", by),
            set("at", at),
            set("sent", false),
            push(
                "history",
                new Document("verdict", verdict.text()).append("by", by).append("at", at))),
        new UpdateOptions().upsert(true));
  }

  /**
   * As a label: "honest" is one that nothing is wrong, and "none" repeats what the bank had said.
   * Its key is the transaction's id, as that of the bank's reports is, so that all of a transaction
   * are in one partition and stay in their order.
   */
  private void send(Document transaction, Verdict verdict) {
    String id = transaction.getString("_id");
    SortedSet<Long> given = timesOf(id);
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

  /** When verdicts on a transaction were given, which is when their labels are reported. */
  private SortedSet<Long> timesOf(String id) {
    return verdicts.find(eq("_id", id)).first().getList("history", Document.class).stream()
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
