package dev.flagstream.local.flow;

import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.PipelineAddresses;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * How many records consumer groups have still to read.
 *
 * <p>The distance from a group's position to the end is not that number: the markers of
 * transactions and aborted records take offsets, and a group that has read all never gets past the
 * last marker. So the last stretch is read; only a longer one is counted by the offsets it spans.
 * For one thread.
 */
public final class GroupLag implements AutoCloseable {

  /** Exact enough to say what is left in the end. */
  private static final int LOOKED_AT = 200;

  /** Enough to tell that a reader has nothing left, past whose position there are markers. */
  private static final int LOOKED_AT_FOR_LITTLE = 8;

  private static final long NONE_YET = -1;
  private static final Duration POLL = Duration.ofMillis(200);

  private final Admin admin;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final int lookedAt;

  /** Reads the lag of groups of a cluster. */
  public GroupLag(KafkaSettings kafka) {
    this(kafka, LOOKED_AT);
  }

  /**
   * The same for whoever asks again and again while records pass: hardly a record is read for it,
   * so that a number of up to {@value #LOOKED_AT_FOR_LITTLE} offsets a partition is exact, and a
   * greater one counts markers, too.
   */
  public static GroupLag cheap(KafkaSettings kafka) {
    return new GroupLag(kafka, LOOKED_AT_FOR_LITTLE);
  }

  private GroupLag(KafkaSettings kafka, int lookedAt) {
    this.lookedAt = lookedAt;
    admin = Admin.create(PipelineAddresses.clientProperties(kafka));
    consumer = TopicReader.upToTheEnd(kafka);
  }

  /** The groups whose id begins with a prefix. */
  public Set<String> groups(String prefix) {
    return await(() -> admin.listGroups().all().get()).stream()
        .map(group -> group.groupId())
        .filter(id -> id.startsWith(prefix))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * How many records each group has still to read: exact up to {@value #LOOKED_AT} offsets a
   * partition, at most so many beyond. The partitions that count are those that the group has ever
   * read or is to read now, and all of the topics given.
   *
   * @param topicsByGroup what each group is known to read; may be empty for a group
   * @return only the groups that have any left
   */
  public Map<String, Long> of(Map<String, Set<String>> topicsByGroup) {
    Map<String, Map<TopicPartition, Long>> positions = positions(topicsByGroup);
    Set<TopicPartition> partitions = new HashSet<>();
    positions.values().forEach(group -> partitions.addAll(group.keySet()));
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    TreeMap<String, Long> left = new TreeMap<>();
    positions.forEach(
        (group, position) -> {
          // A partition without a position has yet to be read from its beginning.
          position.replaceAll((partition, at) -> at == NONE_YET ? begins.get(partition) : at);
          long records = left(position, ends);
          if (records > 0) {
            left.put(group, records);
          }
        });
    return left;
  }

  private Map<String, Map<TopicPartition, Long>> positions(Map<String, Set<String>> topicsByGroup) {
    Map<String, Map<TopicPartition, Long>> positions = new HashMap<>();
    topicsByGroup.forEach(
        (group, topics) -> {
          Map<TopicPartition, Long> ofGroup = new HashMap<>();
          for (String topic : topics) {
            TopicReader.partitionsOf(consumer, topic)
                .forEach(partition -> ofGroup.put(partition, NONE_YET));
          }
          positions.put(group, ofGroup);
        });
    Set<String> groups = topicsByGroup.keySet();
    admin
        .describeConsumerGroups(groups)
        .describedGroups()
        .forEach((group, description) -> positions.get(group).putAll(assigned(description)));
    Map<String, ListConsumerGroupOffsetsSpec> asked =
        groups.stream()
            .collect(Collectors.toMap(group -> group, group -> new ListConsumerGroupOffsetsSpec()));
    await(() -> admin.listConsumerGroupOffsets(asked).all().get())
        .forEach(
            (group, offsets) ->
                offsets.forEach(
                    (partition, at) -> {
                      if (at != null) {
                        positions.get(group).put(partition, at.offset());
                      }
                    }));
    return positions;
  }

  /** The partitions that a group is to read now; none if nobody has ever joined it. */
  private static Map<TopicPartition, Long> assigned(KafkaFuture<ConsumerGroupDescription> future) {
    return await(
        () -> {
          try {
            return future.get().members().stream()
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .distinct()
                .collect(Collectors.toMap(partition -> partition, partition -> NONE_YET));
          } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
              return Map.of();
            }
            throw e;
          }
        });
  }

  private long left(Map<TopicPartition, Long> positions, Map<TopicPartition, Long> ends) {
    long left = 0;
    Map<TopicPartition, Long> toLookAt = new HashMap<>();
    for (Map.Entry<TopicPartition, Long> each : positions.entrySet()) {
      long span = ends.get(each.getKey()) - each.getValue();
      if (span > lookedAt) {
        left += span;
      } else if (span > 0) {
        toLookAt.put(each.getKey(), each.getValue());
      }
    }
    return left + recordsFrom(toLookAt, ends);
  }

  private long recordsFrom(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
    long records = 0;
    while (from.keySet().stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        records += record.offset() < ends.get(partition) ? 1 : 0;
      }
    }
    return records;
  }

  /** A question to the cluster. */
  private interface Question<T> {
    T ask() throws ExecutionException, InterruptedException;
  }

  private static <T> T await(Question<T> question) {
    try {
      return question.ask();
    } catch (ExecutionException e) {
      throw new StackException(
          "Kafka does not tell how far its readers are: " + e.getCause().getMessage(),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("Interrupted while asking how far the readers are", e);
    }
  }

  @Override
  public void close() {
    consumer.close();
    admin.close();
  }
}
