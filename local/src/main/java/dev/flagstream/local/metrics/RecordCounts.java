package dev.flagstream.local.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.flagstream.local.settings.Environment;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Counts the records that somebody reads anyway, and keeps the latest decision, which says what
 * made it. Nothing but a rejected record is parsed as it comes. One thread hands records in, any
 * may ask.
 */
public final class RecordCounts {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TOPICS =
      List.of(
          Environment.INPUT_TOPIC,
          Environment.SCORED_TOPIC,
          Environment.REJECTED_TOPIC,
          Environment.FLAGGED_TOPIC,
          Environment.UNPROCESSED_TOPIC,
          Environment.ALERTS_TOPIC);

  /** A label should have few values; what is beyond counts as one more. */
  private static final int MOST_REASONS = 50;

  private final Map<String, LongAdder> records = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> rejections = new ConcurrentHashMap<>();
  private volatile byte[] latestDecision;

  /** Counts nothing yet: zero of each topic. */
  public RecordCounts() {
    TOPICS.forEach(topic -> records.put(topic, new LongAdder()));
  }

  /** Takes note of a record that has come. */
  public void accept(ConsumerRecord<byte[], byte[]> each) {
    LongAdder count = records.get(each.topic());
    if (count == null) {
      return;
    }
    count.increment();
    if (each.value() == null) {
      return;
    }
    if (each.topic().equals(Environment.SCORED_TOPIC)) {
      latestDecision = each.value();
    } else if (each.topic().equals(Environment.REJECTED_TOPIC)) {
      String reason = fields(each.value()).path("REASON").asText("unknown");
      boolean isTold = rejections.size() < MOST_REASONS || rejections.containsKey(reason);
      rejections.computeIfAbsent(isTold ? reason : "other", first -> new LongAdder()).increment();
    }
  }

  /** Adds what is known now. */
  void addTo(PipelinePoints points) {
    sorted(records).forEach((topic, count) -> points.add(PipelineMetric.RECORDS, count, topic));
    sorted(rejections)
        .forEach((reason, count) -> points.add(PipelineMetric.REJECTIONS, count, reason));
    byte[] decision = latestDecision;
    if (decision != null) {
      JsonNode fields = fields(decision);
      points.add(
          PipelineMetric.MODEL,
          1,
          fields.path("MODEL").asText(""),
          fields.path("ANOMALY_MODEL").asText(""),
          fields.path("RULE_SET").asText(""));
    }
  }

  private static SortedMap<String, Long> sorted(Map<String, LongAdder> counts) {
    TreeMap<String, Long> sorted = new TreeMap<>();
    counts.forEach((name, count) -> sorted.put(name, count.sum()));
    return sorted;
  }

  private static JsonNode fields(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      return JSON.missingNode(); // what is no JSON has no reason and no version
    }
  }
}
