package dev.flagstream.training.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the topic {@code fraud_labels} says, by transaction: what banks report and the verdicts of
 * analysts. The last word on a transaction counts, so a report that comes twice counts once, and
 * one that is taken back is gone. For one thread.
 */
final class ReportedFrauds {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Map<String, Boolean> fraudById = new HashMap<>();

  /**
   * Notes a record; records of a transaction come in the order in which they were written. One that
   * is no label, such as one without an id, changes nothing: the SQL does not know it either.
   *
   * @param value JSON, whose names may be in capitals, as SQL writes them; null is no label
   */
  void note(byte[] value) {
    JsonNode label = read(value);
    JsonNode id = field(label, "transaction_id");
    JsonNode fraud = field(label, "is_fraud");
    if (id.isTextual() && fraud.isBoolean()) {
      note(id.textValue(), fraud.booleanValue());
    }
  }

  /** Notes a label that was read elsewhere, in the same order. */
  void note(String transactionId, boolean fraud) {
    fraudById.put(transactionId, fraud);
  }

  private static JsonNode read(byte[] value) {
    try {
      return value == null ? JSON.missingNode() : JSON.readTree(value);
    } catch (IOException e) {
      return JSON.missingNode();
    }
  }

  private static JsonNode field(JsonNode label, String name) {
    JsonNode small = label.path(name);
    return small.isMissingNode() ? label.path(name.toUpperCase(Locale.ROOT)) : small;
  }

  /** Whether the last word on a transaction is that it is a fraud. */
  boolean isFraud(String transactionId) {
    return fraudById.getOrDefault(transactionId, false);
  }

  /** How many transactions are frauds by the last word on them. */
  long count() {
    return fraudById.values().stream().filter(fraud -> fraud).count();
  }
}
