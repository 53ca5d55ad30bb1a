package dev.flagstream.engine.planner.with;

import java.util.Optional;

/** What the planner must know of the topics that exist: of a cluster, or of an offline test. */
public interface TopicDirectory {

  /** The topic of this name, if it exists. */
  Optional<TopicInfo> find(String topic);

  /**
   * Whether a statement is refused that does not fit the topics. Not if it was accepted once: its
   * topics may have been altered or deleted since, and what it defined is still there.
   */
  default boolean mustFit() {
    return true;
  }

  /** The same topics for statements that were accepted before. */
  static TopicDirectory ofAccepted(TopicDirectory topics) {
    return new TopicDirectory() {
      @Override
      public Optional<TopicInfo> find(String topic) {
        return topics.find(topic);
      }

      @Override
      public boolean mustFit() {
        return false;
      }
    };
  }

  /**
   * A topic's layout.
   *
   * @param retentionMs how long Kafka keeps its records, -1 for ever; empty if nobody says
   */
  record TopicInfo(String name, int partitions, short replicas, Optional<Long> retentionMs) {

    /** Kafka's own default of {@code retention.ms}: seven days. */
    public static final long DEFAULT_RETENTION_MS = 604_800_000;

    public TopicInfo(String name, int partitions, short replicas) {
      this(name, partitions, replicas, Optional.empty());
    }
  }
}
