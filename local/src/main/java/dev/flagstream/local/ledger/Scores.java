package dev.flagstream.local.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.flow.TopicReader;
import dev.flagstream.local.settings.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the models gave each transaction, by the topic of the scored. For one thread. */
final class Scores {

  private final Map<String, Set<Double>> scores = new HashMap<>();
  private final Set<String> alerts = new HashSet<>();

  private Scores() {}

  /** Reads the whole topic as it is now. */
  static Scores read(String bootstrapServers) {
    var scores = new Scores();
    var json = new ObjectMapper();
    new TopicReader(bootstrapServers)
        .read(
            Environment.SCORED_TOPIC,
            each -> {
              try {
                scores.add(json.readTree(each.value()));
              } catch (IOException e) {
                throw new UncheckedIOException(
                    "Offset %d of partition %d of %s is no JSON"
                        .formatted(each.offset(), each.partition(), each.topic()),
                    e);
              }
            });
    return scores;
  }

  private void add(JsonNode fields) {
    var id = fields.path("TRANSACTION_ID").asText();
    var score = fields.path("FRAUD_SCORE");
    var ofTransaction = scores.computeIfAbsent(id, each -> new HashSet<>());
    if (score.isNumber()) {
      ofTransaction.add(score.doubleValue());
      if (score.doubleValue() >= fields.path("FRAUD_THRESHOLD").asDouble(Double.NaN)) {
        alerts.add(id);
      }
    }
  }

  /** The ids of all transactions that were scored, with a model or without. */
  Set<String> ids() {
    return scores.keySet();
  }

  /** Whether a transaction ever had a score on or over the threshold of its model. */
  boolean isAlert(String id) {
    return alerts.contains(id);
  }

  /** The scores of a transaction: one each time it was scored; none without a model. */
  Set<Double> of(String id) {
    return scores.getOrDefault(id, Set.of());
  }
}
