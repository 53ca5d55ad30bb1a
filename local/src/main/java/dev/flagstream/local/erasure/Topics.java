package dev.flagstream.local.erasure;

import dev.flagstream.local.failure.StackException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of a cluster, as its administrator sees them. For one thread. */
final class Topics {

  private final Admin admin;

  /** The topics of a cluster; {@code admin} stays open. */
  Topics(Admin admin) {
    this.admin = admin;
  }

  /** The names of all topics but Kafka's own. */
  Set<String> names() {
    return new TreeSet<>(await(admin.listTopics().names(), "does not tell its topics"));
  }

  /** Makes a topic of which only the latest record of each key is kept, if it is not there. */
  void createCompacted(String topic) {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(1), Optional.empty())
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    try {
      admin.createTopics(List.of(wanted)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw unable("does not make the topic " + topic, e);
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Removes what lies before these offsets. */
  void deleteBefore(Map<TopicPartition, Long> offsets) {
    Map<TopicPartition, RecordsToDelete> deleted = new HashMap<>();
    offsets.forEach((at, offset) -> deleted.put(at, RecordsToDelete.beforeOffset(offset)));
    await(admin.deleteRecords(deleted).all(), "does not delete records");
  }

  /** Until when a topic keeps a record, in words. */
  String keptUntil(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config =
        await(
                admin.describeConfigs(List.of(resource)).all(),
                "does not tell the settings of " + topic)
            .get(resource);
    long retentionMs = number(config, TopicConfig.RETENTION_MS_CONFIG);
    return KeptUntil.words(
        config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value(),
        retentionMs,
        number(config, TopicConfig.SEGMENT_MS_CONFIG));
  }

  private static long number(Config config, String name) {
    return Long.parseLong(config.get(name).value());
  }

  private static <T> T await(KafkaFuture<T> future, String otherwise) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw unable(otherwise, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  static StackException unable(String what, ExecutionException e) {
    return new StackException("Kafka " + what + ": " + e.getCause().getMessage(), e.getCause());
  }

  static StackException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new StackException("Interrupted while it asked Kafka.", e);
  }
}
