package dev.flagstream.local.alerts;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * A record of the topic fraud_alerts. Immutable.
 *
 * @param severity how bad the incident is
 * @param fields all that the record says, names in lower case, numbers with all their digits
 */
public record FraudAlert(Severity severity, JsonNode fields) {

  /** Keeps trailing zeros, which are digits of an amount like others. */
  private static final ObjectReader JSON =
      new ObjectMapper()
          .reader()
          .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);

  /** Reads a record's value; empty if it is no alert. */
  public static Optional<FraudAlert> parse(byte[] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      JsonNode row = JSON.readTree(value);
      if (!row.hasNonNull("ALERT_ID") || !row.hasNonNull("SEVERITY")) {
        return Optional.empty();
      }
      Severity severity = Severity.valueOf(row.path("SEVERITY").asText());
      return Optional.of(new FraudAlert(severity, lowerCase(row)));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ObjectNode lowerCase(JsonNode row) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    row.properties()
        .forEach(each -> fields.set(each.getKey().toLowerCase(Locale.ROOT), each.getValue()));
    return fields;
  }

  /** Whether it is the first of its incident rather than one that says that it has become worse. */
  boolean opensIncident() {
    return "OPENED".equals(fields.path("kind").asText());
  }
}
