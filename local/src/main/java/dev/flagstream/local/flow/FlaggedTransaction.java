package dev.flagstream.local.flow;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is shown of a flagged transaction.
 *
 * @param id the transaction's id
 * @param cardLast4 the last four digits of the card
 * @param reasons the codes of the rules that flagged it, and the score if the model did
 * @param eventTimeMs when it happened, in epoch milliseconds
 */
public record FlaggedTransaction(
    String id,
    String cardLast4,
    BigDecimal amount,
    String city,
    List<String> reasons,
    long eventTimeMs) {

  private static final ObjectReader JSON =
      new ObjectMapper().reader().with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Reads a record of the topic flagged_transactions; empty if it is none. */
  public static Optional<FlaggedTransaction> parse(byte[] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      JsonNode fields = JSON.readTree(value);
      return fields.hasNonNull("TRANSACTION_ID") ? Optional.of(of(fields)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static List<String> reasons(JsonNode fields) {
    List<String> reasons = new ArrayList<>();
    fields.path("RULE_HITS").forEach(hit -> reasons.add(hit.asText()));
    if (fields.path("MODEL_ALERT").asBoolean()) {
      reasons.add(
          String.format(Locale.ROOT, "SCORE %.3f", fields.path("FRAUD_SCORE").doubleValue()));
    }
    return reasons;
  }

  private static FlaggedTransaction of(JsonNode fields) {
    return new FlaggedTransaction(
        fields.path("TRANSACTION_ID").asText(),
        fields.path("CARD_LAST4").asText(),
        fields.path("AMOUNT").decimalValue(),
        fields.path("LOCATION").path("city").asText(),
        reasons(fields),
        fields.path("EVENT_TIME").asLong());
  }
}
