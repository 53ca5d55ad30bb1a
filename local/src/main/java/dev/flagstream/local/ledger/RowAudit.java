package dev.flagstream.local.ledger;

import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Projections;
import dev.flagstream.local.settings.Environment;
import dev.flagstream.local.sqlstore.SqlStoreClient;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.conversions.Bson;

/**
 * Compares rows of decisions, of the SQL store or of the lake, with what must be there, by the
 * input topic and the topic of the scored, and each with its document in MongoDB: both say the
 * same, to the cent.
 *
 * <p>Rows are read in the order of their ids, some at a time. What it keeps is bounded by what
 * {@link TransactionTable} says. For one thread.
 */
final class RowAudit {

  private static final int ROWS_AT_ONCE = 5_000;
  private static final int DOCUMENTS_AT_ONCE = 1_000;

  private static final Bson FIELDS =
      Projections.include(
          "transaction_id", "amount", "event_time", "is_fraud", "fraud_score", "card_token");

  private static final String COLUMNS =
      "transaction_id, amount, event_time, is_fraud, fraud_score, card_token";

  private final Expectation expectation;
  private final Set<String> excused;
  private final ReadingProgress progress;
  private final boolean keepsNul;
  private final String what;

  /**
   * What both stores say of a decision.
   *
   * @param amount without zeros at its end; this and all else may be null
   */
  private record Said(
      BigDecimal amount, Long eventTimeMs, Boolean flagged, Double score, String cardToken) {}

  /**
   * An audit.
   *
   * @param excused ids that do not count as missing
   * @param keepsNul whether texts have U+0000 where they had it; otherwise U+FFFD is in its place
   * @param what the rows are called where progress is told
   */
  RowAudit(
      Expectation expectation,
      Set<String> excused,
      ReadingProgress progress,
      boolean keepsNul,
      String what) {
    this.expectation = expectation;
    this.excused = excused;
    this.progress = progress;
    this.keepsNul = keepsNul;
    this.what = what;
  }

  /** Reads rows and documents and compares; what an earlier pass has seen is forgotten. */
  Findings.Rows check(MongoDatabase store, SqlStoreClient client) throws SQLException {
    try (Connection connection = client.connect()) {
      return check(store, connection);
    }
  }

  /** As above, of the table decisions that a connection has. */
  Findings.Rows check(MongoDatabase store, Connection connection) throws SQLException {
    Decisions decisions = new Decisions(expectation);
    BigDecimal sum = readRows(connection, decisions);
    BigDecimal documents = BigDecimal.ZERO;
    Ids.Counter different = new Ids.Counter();
    List<BsonDocument> some = new ArrayList<>();
    for (BsonDocument document :
        store
            .getCollection(Environment.SCORED_COLLECTION, BsonDocument.class)
            .find()
            .projection(FIELDS)) {
      some.add(document);
      if (some.size() == DOCUMENTS_AT_ONCE) {
        documents = documents.add(compare(connection, some, different));
        some.clear();
      }
    }
    documents = documents.add(compare(connection, some, different));
    // By now the input topic has whatever the rows have.
    expectation.readLater();
    Findings.Decisions found = decisions.findings(excused);
    return new Findings.Rows(
        true,
        found.expected(),
        found.stored(),
        sum,
        documents,
        found.missing(),
        found.unexpected(),
        found.wrong(),
        different.ids());
  }

  private BigDecimal readRows(Connection connection, Decisions decisions) throws SQLException {
    BigDecimal sum = BigDecimal.ZERO;
    String last = "";
    long read = 0;
    while (true) {
      int rows = 0;
      try (PreparedStatement statement =
          connection.prepareStatement(
              "SELECT transaction_id, is_fraud, amount FROM decisions WHERE transaction_id > ?"
                  + " ORDER BY transaction_id LIMIT "
                  + ROWS_AT_ONCE)) {
        statement.setString(1, last);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            rows++;
            last = row.getString(1);
            String id = known(last);
            decisions.addVerdict(id, row.getBoolean(2));
            sum = sum.add(ofTheCut(id, row.getBigDecimal(3)));
          }
        }
      }
      read += rows;
      progress.read(what, read);
      if (rows < ROWS_AT_ONCE) {
        return sum;
      }
    }
  }

  /** What counts towards a sum. */
  private BigDecimal ofTheCut(String id, BigDecimal amount) {
    return amount != null && expectation.isOfTheCut(id) ? amount : BigDecimal.ZERO;
  }

  /** A row's text has U+FFFD where U+0000 was. */
  private String known(String id) {
    if (keepsNul) {
      return id;
    }
    String asItCameIn = id.replace('\uFFFD', '\0');
    return expectation.isOfTheCut(asItCameIn) ? asItCameIn : id;
  }

  private String inRow(String text) {
    return keepsNul ? text : text.replace('\0', '\uFFFD');
  }

  /** Gives the sum of the documents' amounts. */
  private BigDecimal compare(
      Connection connection, List<BsonDocument> documents, Ids.Counter different)
      throws SQLException {
    Map<String, Said> rows = rowsOf(connection, documents);
    BigDecimal sum = BigDecimal.ZERO;
    for (BsonDocument document : documents) {
      String id = Decisions.idOf(document);
      Said said = said(document);
      Said row = rows.get(inRow(id));
      // Of two decisions, which come in no order, each store has the one that reached it last.
      if (row != null
          && !row.equals(said)
          && !expectation.isLater(id)
          && !expectation.repetitions().contains(id)) {
        different.add(id);
      }
      sum = sum.add(ofTheCut(id, said.amount()));
    }
    return sum;
  }

  private Map<String, Said> rowsOf(Connection connection, List<BsonDocument> documents)
      throws SQLException {
    Map<String, Said> rows = new HashMap<>();
    if (documents.isEmpty()) {
      return rows;
    }
    String places = String.join(",", Collections.nCopies(documents.size(), "?"));
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM decisions WHERE transaction_id IN (" + places + ")")) {
      for (int i = 0; i < documents.size(); i++) {
        statement.setString(i + 1, inRow(Decisions.idOf(documents.get(i))));
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.put(row.getString(1), said(row));
        }
      }
    }
    return rows;
  }

  private static Said said(ResultSet row) throws SQLException {
    LocalDateTime time = row.getObject(3, LocalDateTime.class);
    boolean flagged = row.getBoolean(4);
    boolean judged = !row.wasNull();
    double score = row.getDouble(5);
    boolean scored = !row.wasNull();
    return new Said(
        plain(row.getBigDecimal(2)),
        time == null ? null : time.toInstant(ZoneOffset.UTC).toEpochMilli(),
        judged ? flagged : null,
        scored ? score : null,
        row.getString(6));
  }

  private Said said(BsonDocument document) {
    BsonValue amount = document.get("amount");
    BsonValue time = document.get("event_time");
    BsonValue flagged = document.get("is_fraud");
    BsonValue score = document.get("fraud_score");
    BsonValue token = document.get("card_token");
    return new Said(
        amount instanceof BsonDecimal128 money ? plain(money.getValue().bigDecimalValue()) : null,
        time instanceof BsonDateTime date ? date.getValue() : null,
        flagged instanceof BsonBoolean verdict ? verdict.getValue() : null,
        score instanceof BsonDouble number ? number.getValue() : null,
        token instanceof BsonString text ? inRow(text.getValue()) : null);
  }

  /** 7.50 and 7.5 are one amount. */
  private static BigDecimal plain(BigDecimal amount) {
    return amount == null ? null : amount.stripTrailingZeros();
  }
}
