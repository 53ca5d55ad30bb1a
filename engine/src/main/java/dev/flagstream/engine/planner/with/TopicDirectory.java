package dev.flagstream.engine.planner.with;

import java.util.Optional;

/** What the planner must know of the topics that exist: of a cluster, or of an offline test. */
public interface TopicDirectory {

  /** The topic of this name, if it exists. */
  Optional<TopicInfo> find(String topic);

  /**
   * A topic's layout.
   *
   * @param retentionMs how long Kafka keeps its records; -1 is for ever
   */
  record TopicInfo(String name, int partitions, short replicas, long retentionMs) {

    /** Kafka's own default of {@code retention.ms}: seven days. */
    public static final long DEFAULT_RETENTION_MS = 604_800_000;

    public TopicInfo(String name, int partitions, short replicas) {
      this(name, partitions, replicas, DEFAULT_RETENTION_MS);
    }
  }
}
