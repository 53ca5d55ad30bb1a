package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.statement.entity.SourceDescription.PartitionOffsets;
import dev.flagstream.engine.statement.entity.SourceDescription.QueryOffsets;
import dev.flagstream.engine.statement.entity.SourceDescription.TopicOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far consumer groups have read. */
public final class ConsumerProgress {

  private static final Logger LOG = LoggerFactory.getLogger(ConsumerProgress.class);

  private final Admin admin;

  public ConsumerProgress(Admin admin) {
    this.admin = admin;
  }

  /** The offsets of a group; without topics if Kafka does not know it. */
  QueryOffsets of(String groupId) {
    try {
      return new QueryOffsets(groupId, topicOffsets(groupId));
    } catch (ExecutionException e) {
      LOG.warn("No offsets of group {}", groupId, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new QueryOffsets(groupId, List.of());
  }

  private List<TopicOffsets> topicOffsets(String groupId)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(groupId).partitionsToOffsetAndMetadata().get();
    committed.values().removeIf(offset -> offset == null);
    addUntouched(committed);
    Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(committed, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(committed, OffsetSpec.latest());
    TreeMap<String, List<PartitionOffsets>> byTopic = new TreeMap<>();
    committed.entrySet().stream()
        .sorted(Map.Entry.comparingByKey((l, r) -> l.toString().compareTo(r.toString())))
        .forEach(
            entry ->
                byTopic
                    .computeIfAbsent(entry.getKey().topic(), topic -> new ArrayList<>())
                    .add(
                        new PartitionOffsets(
                            entry.getKey().partition(),
                            starts.get(entry.getKey()).offset(),
                            ends.get(entry.getKey()).offset(),
                            entry.getValue().offset())));
    return byTopic.entrySet().stream()
        .map(topic -> new TopicOffsets(topic.getKey(), topic.getValue()))
        .toList();
  }

  /** Partitions of the same topics of which nothing has been read yet. */
  private void addUntouched(Map<TopicPartition, OffsetAndMetadata> committed)
      throws ExecutionException, InterruptedException {
    Set<String> topics =
        committed.keySet().stream().map(TopicPartition::topic).collect(Collectors.toSet());
    admin
        .describeTopics(topics)
        .allTopicNames()
        .get()
        .forEach(
            (topic, description) ->
                description
                    .partitions()
                    .forEach(
                        partition ->
                            committed.putIfAbsent(
                                new TopicPartition(topic, partition.partition()),
                                new OffsetAndMetadata(0))));
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Map<TopicPartition, OffsetAndMetadata> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(partitions.keySet().stream().collect(Collectors.toMap(p -> p, p -> spec)))
        .all()
        .get();
  }
}
