package dev.flagstream.dashboard.cases;

import com.mongodb.client.MongoCursor;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bson.Document;

/**
 * Cases as a CSV file: however many, a batch of them in memory. It begins with a byte order mark,
 * by which spreadsheets know that it is UTF-8.
 */
public final class CaseCsv {

  private static final char BYTE_ORDER_MARK = '\ufeff';

  private static final List<String> COLUMNS =
      List.of(
          "transaction_id",
          "event_time",
          "amount",
          "currency",
          "expected_loss",
          "fraud_score",
          "fraud_probability",
          "model_alert",
          "rule_hits",
          "reasons",
          "merchant_id",
          "merchant",
          "merchant_category",
          "mcc",
          "channel",
          "city",
          "country",
          "card_token",
          "card_last4",
          "customer_id",
          "home_city",
          "model",
          "rule_set");

  private CaseCsv() {}

  /** Writes all cases that match, newest first, and closes the stream. */
  public static void write(Cases cases, CaseFilter filter, OutputStream out) throws IOException {
    Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    text.write(BYTE_ORDER_MARK);
    try (CsvWriter csv = CsvWriter.builder().build(text);
        MongoCursor<Document> found = cases.all(filter).iterator()) {
      csv.writeRecord(COLUMNS);
      while (found.hasNext()) {
        Document each = found.next();
        csv.writeRecord(
            COLUMNS.stream().map(column -> CsvCells.cell(value(each, column))).toList());
      }
    }
  }

  private static Object value(Document transaction, String column) {
    return switch (column) {
      case "transaction_id" -> transaction.get("_id");
      case "expected_loss" -> ExpectedLoss.of(transaction);
      case "city", "country" ->
          transaction.get("location") instanceof Document location ? location.get(column) : null;
      default -> transaction.get(column);
    };
  }
}
