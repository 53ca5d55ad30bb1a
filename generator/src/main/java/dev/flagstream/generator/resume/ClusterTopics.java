package dev.flagstream.generator.resume;

import dev.flagstream.generator.producer.KafkaAccessException;
import dev.flagstream.generator.producer.KafkaSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asks the cluster about topics. */
final class ClusterTopics {

  private final KafkaSettings settings;

  ClusterTopics(KafkaSettings settings) {
    this.settings = settings;
  }

  /** An id of the cluster, the same whatever address it was reached by. */
  String clusterId() {
    try (Admin admin = Admin.create(settings.forAdmin())) {
      return join("the cluster", admin.describeCluster().clusterId());
    }
  }

  /**
   * The topics as they are now, by name.
   *
   * @throws KafkaAccessException if one is missing or may not be read
   */
  Map<String, TopicState> describe(Collection<String> names) {
    try (Admin admin = Admin.create(settings.forAdmin())) {
      Map<String, TopicDescription> descriptions =
          join("the topics " + names, admin.describeTopics(names).allTopicNames());
      Map<String, TopicState> states = new HashMap<>();
      descriptions.forEach((name, topic) -> states.put(name, state(admin, name, topic)));
      return states;
    } catch (KafkaAccessException e) {
      throw e;
    } catch (KafkaException e) {
      throw new KafkaAccessException("cannot ask about topics: " + e.getMessage(), e);
    }
  }

  private static TopicState state(Admin admin, String name, TopicDescription topic) {
    int partitions = topic.partitions().size();
    return new TopicState(
        name,
        topic.topicId().toString(),
        offsets(admin, name, partitions, OffsetSpec::earliest),
        offsets(admin, name, partitions, OffsetSpec::latest));
  }

  private static List<Long> offsets(
      Admin admin, String name, int partitions, Supplier<OffsetSpec> which) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < partitions; partition++) {
      asked.put(new TopicPartition(name, partition), which.get());
    }
    Map<TopicPartition, ListOffsetsResultInfo> found =
        join("the offsets of " + name, admin.listOffsets(asked).all());
    Long[] offsets = new Long[partitions];
    found.forEach((partition, info) -> offsets[partition.partition()] = info.offset());
    return List.of(offsets);
  }

  private static <T> T join(String what, KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new KafkaAccessException(
          "cannot ask about " + what + ": " + e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaAccessException("interrupted while asking about " + what, e);
    }
  }
}
