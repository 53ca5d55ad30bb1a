package dev.flagstream.local.erasure;

import dev.flagstream.local.failure.StackException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.common.TopicPartition;

/**
 * How far all readers of the cluster are: the queries of the SQL server and the sinks. For one
 * thread.
 */
final class ReaderPositions {

  private static final Duration PAUSE = Duration.ofMillis(500);

  private static final String CONSUMERS = "consumer";

  /** How the consumer groups of queries and of sinks begin; what others read is theirs to know. */
  private static final List<String> OURS = List.of("_confluent-ksql-", "connect-");

  private final Admin admin;
  private final Duration patience;
  private final Predicate<String> isGone;

  /**
   * The readers of a cluster.
   *
   * @param admin stays open
   * @param patience how long to wait for them
   * @param isGone whether a consumer group is that of a query or sink that there is no more: Kafka
   *     keeps where it was, and nobody will go on there
   */
  ReaderPositions(Admin admin, Duration patience, Predicate<String> isGone) {
    this.admin = admin;
    this.patience = patience;
    this.isGone = isGone;
  }

  /**
   * Waits until every reader is past these records.
   *
   * @param lastOffsets of each partition the last record that matters
   * @throws StackException naming a reader that is not, and what to do
   */
  void awaitPast(Map<TopicPartition, Long> lastOffsets) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<String> behind = firstBehind(lastOffsets);
      if (behind.isEmpty()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new StackException(
            "%s within %d s. See with 'make status' what holds it up, then do it again: it goes on where it stopped."
                .formatted(behind.get(), patience.toSeconds()));
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private Optional<String> firstBehind(Map<TopicPartition, Long> lastOffsets) {
    if (lastOffsets.isEmpty()) {
      return Optional.empty();
    }
    for (Map.Entry<String, Map<TopicPartition, Long>> group : all().entrySet()) {
      for (Map.Entry<TopicPartition, Long> last : lastOffsets.entrySet()) {
        Long at = group.getValue().get(last.getKey());
        if (at != null && at <= last.getValue()) {
          return Optional.of(
              "%s has not read %s to offset %d"
                  .formatted(group.getKey(), last.getKey(), last.getValue()));
        }
      }
    }
    return Optional.empty();
  }

  /** Up to where all readers of a partition have read; empty if nobody reads it. */
  OptionalLong readByAll(TopicPartition partition) {
    return all().values().stream()
        .filter(group -> group.containsKey(partition))
        .mapToLong(group -> group.get(partition))
        .min();
  }

  private Map<String, Map<TopicPartition, Long>> all() {
    try {
      Map<String, ListConsumerGroupOffsetsSpec> asked = new HashMap<>();
      for (GroupListing group : admin.listGroups().all().get()) {
        if (group.protocol().equals(CONSUMERS) && isOurs(group.groupId())) {
          asked.put(group.groupId(), new ListConsumerGroupOffsetsSpec());
        }
      }
      Map<String, Map<TopicPartition, Long>> positions = new TreeMap<>();
      if (asked.isEmpty()) {
        return positions;
      }
      admin
          .describeConsumerGroups(asked.keySet())
          .all()
          .get()
          .forEach(
              (group, description) -> {
                if (description.members().isEmpty() && isGone.test(group)) {
                  asked.remove(group);
                } else {
                  positions.put(group, notYetRead(description));
                }
              });
      if (asked.isEmpty()) {
        return positions;
      }
      admin
          .listConsumerGroupOffsets(asked)
          .all()
          .get()
          .forEach(
              (group, offsets) ->
                  offsets.forEach(
                      (partition, at) -> {
                        if (at != null) {
                          positions.get(group).put(partition, at.offset());
                        }
                      }));
      return positions;
    } catch (ExecutionException e) {
      throw Topics.unable("does not tell how far its readers are", e);
    } catch (InterruptedException e) {
      throw Topics.interrupted(e);
    }
  }

  private static boolean isOurs(String group) {
    return OURS.stream().anyMatch(group::startsWith);
  }

  /** What a group is to read; where it has not committed anything yet, it is at the beginning. */
  private static Map<TopicPartition, Long> notYetRead(ConsumerGroupDescription group) {
    return group.members().stream()
        .flatMap(member -> member.assignment().topicPartitions().stream())
        .distinct()
        .collect(Collectors.toMap(partition -> partition, partition -> 0L));
  }
}
