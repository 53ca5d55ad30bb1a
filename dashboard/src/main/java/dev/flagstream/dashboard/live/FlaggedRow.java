package dev.flagstream.dashboard.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A flagged transaction as the live page shows it.
 *
 * @param fields by the names that the page knows; the amount is a text with all its digits
 * @param eventTimeMs when it was made, in epoch milliseconds
 */
record FlaggedRow(Map<String, Object> fields, long eventTimeMs) {

  /** Gives rows in the order of the columns below. */
  static final String QUERY =
      "SELECT transaction_id, event_time, amount, currency, merchant, merchant_category, channel,"
          + " card_last4, location->`city`, location->`country`, location->`lat`, location->`lon`,"
          + " rule_hits, model_alert, fraud_score, fraud_probability"
          + " FROM flagged_transactions EMIT CHANGES;";

  private static final String[] COLUMNS = {
    "id",
    "time",
    "amount",
    "currency",
    "merchant",
    "category",
    "channel",
    "last4",
    "city",
    "country",
    "lat",
    "lon",
    "rules",
    "model",
    "score",
    "probability"
  };
  private static final int TIME = 1;
  private static final int AMOUNT = 2;

  static FlaggedRow of(JsonNode row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int i = 0; i < COLUMNS.length; i++) {
      JsonNode value = row.path(i);
      boolean amount = i == AMOUNT && value.isNumber();
      fields.put(COLUMNS[i], amount ? value.decimalValue().toPlainString() : value);
    }
    return new FlaggedRow(fields, row.path(TIME).asLong());
  }
}
