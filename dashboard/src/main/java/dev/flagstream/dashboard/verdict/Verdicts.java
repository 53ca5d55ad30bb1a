package dev.flagstream.dashboard.verdict;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.push;
import static com.mongodb.client.model.Updates.set;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.UpdateOptions;
import dev.flagstream.client.SqlClient;
import dev.flagstream.dashboard.cases.DocumentJson;
import dev.flagstream.dashboard.cases.StoreNames;
import dev.flagstream.dashboard.http.UnusableRequestException;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.bson.Document;

/**
 * The analysts' verdicts. Who said what and when is kept in the collection {@code verdicts}; what
 * it means for features and training goes to the stream {@code fraud_labels}, as the bank's own
 * reports do. A verdict is written down before it is sent, and marked when it has been: one that
 * was not is sent when it is given again, and a label that comes twice counts once. Thread-safe.
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
      send(transaction, verdict == Verdict.FRAUD);
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
   * As a label: "honest" and "none" take back what was reported before. Its key is the
   * transaction's id, as that of the bank's reports is, so that all of a transaction are in one
   * partition and stay in their order.
   */
  private void send(Document transaction, boolean fraud) {
    String id = literal(transaction.getString("_id"));
    long time =
        transaction.get("event_time") instanceof Date date ? date.toInstant().toEpochMilli() : 0;
    sql.execute(
        "INSERT INTO fraud_labels (label_key, transaction_id, merchant_id, customer_id, is_fraud,"
            + " transaction_time, reported_at) VALUES (%s, %s, %s, %s, %s, %d, %d);"
                .formatted(
                    id,
                    id,
                    literal(transaction.getString("merchant_id")),
                    literal(transaction.getString("customer_id")),
                    fraud,
                    time,
                    Instant.now().toEpochMilli()));
  }

  private static String literal(String text) {
    return text == null ? "NULL" : "'" + text.replace("'", "''") + "'";
  }
}
