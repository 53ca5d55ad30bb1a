package dev.flagstream.engine.planner;

import java.util.Optional;

/** What the planner must know of the topics that exist: of a cluster, or of an offline test. */
public interface TopicDirectory {

  /** The topic of this name, if it exists. */
  Optional<TopicInfo> find(String topic);

  /** A topic's layout. */
  record TopicInfo(String name, int partitions, short replicas) {}
}
