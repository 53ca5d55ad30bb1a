package dev.flagstream.generator.resume;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * How a run began, written down before its first record. It holds what the topics do not show:
 * where the sequence starts, also in partitions that hold nothing of it yet.
 *
 * @param startMs event time from which on everything belongs to the run, epoch milliseconds
 * @param labelDelay as {@code LabelDelay} prints it
 * @param topics where the run began in each topic, by name
 */
record RunEntry(
    @JsonProperty("run") String runId,
    @JsonProperty("start") long startMs,
    @JsonProperty("label_delay") String labelDelay,
    @JsonProperty("topics") Map<String, Begin> topics) {

  RunEntry {
    topics = Map.copyOf(topics);
  }

  /**
   * Where a run began in a topic.
   *
   * @param topicId the topic's id at that time
   * @param offsets of each partition; the run's records are at these or later
   */
  record Begin(@JsonProperty("id") String topicId, @JsonProperty("offsets") List<Long> offsets) {

    Begin {
      offsets = List.copyOf(offsets);
    }
  }
}
