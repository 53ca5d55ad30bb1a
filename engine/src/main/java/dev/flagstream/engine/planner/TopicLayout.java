package dev.flagstream.engine.planner;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.planner.with.TopicDirectory.TopicInfo;
import dev.flagstream.engine.planner.with.WithClause;
import java.time.Duration;
import java.util.Optional;

/**
 * What a statement asks of a topic that it makes, or that must be so already.
 *
 * @param partitions how many, or {@link #BROKERS_CHOICE}
 * @param replicas how many, or {@link #BROKERS_CHOICE}
 * @param retention how long its records are kept, in milliseconds, -1 for ever; empty if that does
 *     not matter
 */
record TopicLayout(String name, int partitions, short replicas, Optional<Long> retention) {

  /** How Kafka says that the broker's own number of partitions or replicas is wanted. */
  static final short BROKERS_CHOICE = -1;

  /** What WITH says of the topic, and where it says nothing, what is so of another. */
  static TopicLayout of(WithClause with, TopicInfo model) {
    return new TopicLayout(
        model.name(),
        with.integer(WithClause.PARTITIONS).orElse(model.partitions()),
        with.integer(WithClause.REPLICAS).map(Integer::shortValue).orElse(model.replicas()),
        with.number(WithClause.RETENTION_MS).or(model::retentionMs));
  }

  TopicLayout named(String other) {
    return new TopicLayout(other, partitions, replicas, retention);
  }

  /** The same, but kept as long as its windows are, if a statement says how long that is. */
  TopicLayout keptFor(Optional<Duration> windows) {
    return new TopicLayout(
        name, partitions, replicas, windows.map(Duration::toMillis).or(() -> retention));
  }

  /** The same, where records are not deleted for their age. */
  TopicLayout whereAgeDoesNotMatter() {
    return new TopicLayout(name, partitions, replicas, Optional.empty());
  }

  /** How long records are kept, in milliseconds; -1 is for ever. */
  long retentionMs() {
    return retention.orElse(TopicInfo.DEFAULT_RETENTION_MS);
  }

  /**
   * Compares a topic that is there with what is asked.
   *
   * @throws SqlException if it differs, in ksqlDB's words
   */
  void check(TopicInfo topic) {
    long topicRetention = topic.retentionMs().orElseGet(this::retentionMs);
    boolean fits =
        isAsAsked(partitions, topic.partitions())
            && isAsAsked(replicas, topic.replicas())
            && (retention.isEmpty() || retention.get() == topicRetention);
    if (!fits) {
      throw new SqlException(
          "A Kafka topic with the name '%s' already exists, with different partition/replica/retention configuration than required. KSQL expects %d partitions (topic has %d), %d replication factor (topic has %d), and %d retention (topic has %d)."
              .formatted(
                  name,
                  partitions,
                  topic.partitions(),
                  replicas,
                  topic.replicas(),
                  retention.orElse(topicRetention),
                  topicRetention));
    }
  }

  /** Of a topic that the same request has yet to make, nobody knows what the broker chooses. */
  private static boolean isAsAsked(int asked, int there) {
    return asked == there || asked == BROKERS_CHOICE || there == BROKERS_CHOICE;
  }
}
