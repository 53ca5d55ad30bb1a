package dev.flagstream.engine.testing;

import dev.flagstream.engine.planner.PlannedStatement.TopicToCreate;
import dev.flagstream.engine.planner.TopicDirectory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The topics of an offline engine: which there are, and what was written to them. */
final class OfflineTopics implements TopicDirectory {

  private static final int DEFAULT_PARTITIONS = 4;
  private static final short REPLICAS = 1;

  private final Map<String, TopicInfo> topics = new LinkedHashMap<>();
  private final Map<String, List<OfflineRecord>> records = new LinkedHashMap<>();

  @Override
  public Optional<TopicInfo> find(String topic) {
    return Optional.ofNullable(topics.get(topic));
  }

  /** Makes a topic as if someone else had, unless it is there. */
  void ensure(String topic) {
    topics.putIfAbsent(topic, new TopicInfo(topic, DEFAULT_PARTITIONS, REPLICAS));
  }

  void create(TopicToCreate topic) {
    topics.putIfAbsent(
        topic.name(), new TopicInfo(topic.name(), topic.partitions(), topic.replicas()));
  }

  void delete(String topic) {
    topics.remove(topic);
    records.remove(topic);
  }

  void append(String topic, OfflineRecord written) {
    ensure(topic);
    records.computeIfAbsent(topic, name -> new ArrayList<>()).add(written);
  }

  /** What was written to a topic, in order. */
  List<OfflineRecord> records(String topic) {
    return List.copyOf(records.getOrDefault(topic, List.of()));
  }

  /** The topics there are, in the order they came to be. */
  List<String> names() {
    return List.copyOf(topics.keySet());
  }
}
