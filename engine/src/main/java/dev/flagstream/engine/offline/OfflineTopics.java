package dev.flagstream.engine.offline;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.planner.PlannedStatement.TopicToCreate;
import dev.flagstream.engine.planner.with.TopicDirectory;
import dev.flagstream.engine.runtime.TopicScan;
import dev.flagstream.engine.statement.state.PlannedTopics;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.record.TimestampType;

/** The topics of an offline engine: which there are, and what was written to them. */
final class OfflineTopics implements TopicDirectory, PlannedTopics.Store {

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

  /** Makes a topic, if a broker would take its name. */
  @Override
  public void create(TopicToCreate topic) {
    try {
      Topic.validate(topic.name());
    } catch (InvalidTopicException e) {
      throw new SqlException(
          "Kafka could not create topic '%s': %s".formatted(topic.name(), e.getMessage()), e);
    }
    topics.putIfAbsent(topic.name(), topic.info());
  }

  @Override
  public void delete(String topic) {
    topics.remove(topic);
    records.remove(topic);
  }

  void append(String topic, OfflineRecord written) {
    ensure(topic);
    records.computeIfAbsent(topic, name -> new ArrayList<>()).add(written);
  }

  /** The records written to a topic, in order. */
  List<OfflineRecord> records(String topic) {
    return List.copyOf(records.getOrDefault(topic, List.of()));
  }

  /**
   * The records of some topics, oldest first, each topic in its own order: as a query catches up.
   */
  List<Map.Entry<String, OfflineRecord>> oldestFirst(Collection<String> names) {
    List<Map.Entry<String, OfflineRecord>> merged = new ArrayList<>();
    Map<String, Integer> places = new LinkedHashMap<>();
    names.forEach(name -> places.put(name, 0));
    while (true) {
      Optional<String> next =
          places.keySet().stream()
              .filter(name -> places.get(name) < held(name).size())
              .min(Comparator.comparingLong(n -> held(n).get(places.get(n)).timestampMs()));
      if (next.isEmpty()) {
        return merged;
      }
      String topic = next.get();
      merged.add(Map.entry(topic, held(topic).get(places.get(topic))));
      places.merge(topic, 1, Integer::sum);
    }
  }

  private List<OfflineRecord> held(String topic) {
    return records.getOrDefault(topic, List.of());
  }

  /** A walk through what a topic holds; all of it is in partition 0. */
  TopicScan scan(String topic) {
    Iterator<OfflineRecord> held = records(topic).iterator();
    return new TopicScan() {
      private long offset;

      @Override
      public ConsumerRecord<byte[], byte[]> next() {
        if (!held.hasNext()) {
          return null;
        }
        OfflineRecord next = held.next();
        return new ConsumerRecord<>(
            topic,
            0,
            offset++,
            next.timestampMs(),
            TimestampType.CREATE_TIME,
            ConsumerRecord.NULL_SIZE,
            ConsumerRecord.NULL_SIZE,
            next.key(),
            next.value(),
            new RecordHeaders(next.headers()),
            Optional.empty());
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  /** The topics there are, in the order they came to be. */
  List<String> names() {
    return List.copyOf(topics.keySet());
  }
}
