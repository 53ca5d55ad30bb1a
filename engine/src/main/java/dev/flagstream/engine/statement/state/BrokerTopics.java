package dev.flagstream.engine.statement.state;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.planner.PlannedStatement.TopicToCreate;
import dev.flagstream.engine.planner.with.TopicDirectory;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of the cluster. Thread-safe. */
public final class BrokerTopics implements TopicDirectory, PlannedTopics.Store {

  private static final long TIMEOUT_MS = 30_000;
  private static final long REACHABLE_TIMEOUT_MS = 5_000;

  private static final long MS_PER_SECOND = 1_000;

  private static final RetryPolicy<Boolean> UNTIL_TRUE =
      RetryPolicy.<Boolean>builder()
          .handleResult(false)
          .withDelay(Duration.ofMillis(20))
          .withMaxRetries(-1)
          .withMaxDuration(Duration.ofMillis(TIMEOUT_MS))
          .build();

  private static final RetryPolicy<Boolean> UNTIL_TRUE_FOR_A_MOMENT =
      RetryPolicy.builder(UNTIL_TRUE.getConfig()).withMaxDuration(Duration.ofSeconds(2)).build();

  private final Admin admin;

  public BrokerTopics(Admin admin) {
    this.admin = admin;
  }

  @Override
  public Optional<TopicInfo> find(String topic) {
    try {
      // Both are asked for at once: a statement asks this several times.
      KafkaFuture<Map<ConfigResource, Config>> configs = configsOf(topic);
      TopicDescription described =
          admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
      return Optional.of(infoOf(described, retentionMs(configs.get())));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw failure("describe topic '" + topic + "'", e.getCause());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** All topics, internal ones included, by name; without those that come or go meanwhile. */
  public Map<String, TopicDescription> all() {
    Set<String> names = await("list topics", admin.listTopics(new ListTopicsOptions()).names());
    Map<String, TopicDescription> descriptions = new HashMap<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach(
            (name, description) ->
                ifThere("describe topics", description)
                    .ifPresent(topic -> descriptions.put(name, topic)));
    return descriptions;
  }

  /** Makes a topic; one that is there already is left as it is. */
  @Override
  public void create(TopicToCreate topic) {
    NewTopic newTopic =
        new NewTopic(topic.name(), topic.partitions(), topic.replicas()).configs(topic.configs());
    try {
      admin.createTopics(List.of(newTopic)).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failure("create topic '" + topic.name() + "'", e.getCause());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    awaitVisible(topic.name());
  }

  /**
   * A topic is made by the controller; the broker that is asked next learns of it a little later.
   */
  private void awaitVisible(String topic) {
    boolean isSeen = Failsafe.with(UNTIL_TRUE).get(() -> find(topic).isPresent());
    if (!isSeen) {
      throw new SqlException(
          "Kafka has made the topic '%s', but does not show it after %d s"
              .formatted(topic, TIMEOUT_MS / MS_PER_SECOND));
    }
  }

  /** Deletes a topic; one that is not there is no error. */
  @Override
  public void delete(String topic) {
    try {
      admin.deleteTopics(List.of(topic)).all().get();
      // As with a new topic, the broker that is asked next learns of it a little later; and whoever
      // makes it again meanwhile may.
      Failsafe.with(UNTIL_TRUE_FOR_A_MOMENT).get(() -> find(topic).isEmpty());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw failure("delete topic '" + topic + "'", e.getCause());
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** How many consumers of how many groups read each topic. */
  public Map<String, Readers> readers() {
    Collection<GroupListing> groups =
        await("list groups", admin.listGroups(ListGroupsOptions.forConsumerGroups()).all());
    List<String> ids = groups.stream().map(group -> group.groupId()).toList();
    Map<String, ConsumerGroupDescription> described =
        await("describe groups", admin.describeConsumerGroups(ids).all());
    Map<String, Readers> readers = new HashMap<>();
    described
        .values()
        .forEach(
            group -> {
              Map<String, Integer> topicsOfGroup = new HashMap<>();
              group
                  .members()
                  .forEach(
                      member ->
                          member.assignment().topicPartitions().stream()
                              .map(partition -> partition.topic())
                              .distinct()
                              .forEach(topic -> topicsOfGroup.merge(topic, 1, Integer::sum)));
              topicsOfGroup.forEach(
                  (topic, members) -> readers.merge(topic, new Readers(members, 1), Readers::plus));
            });
    return readers;
  }

  /** How many consumers and groups read a topic. */
  public record Readers(int consumers, int groups) {
    public static final Readers NONE = new Readers(0, 0);

    Readers plus(Readers other) {
      return new Readers(consumers + other.consumers, groups + other.groups);
    }
  }

  /** Whether Kafka answers within seconds. */
  public boolean isReachable() {
    try {
      admin.describeCluster().clusterId().get(REACHABLE_TIMEOUT_MS, TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private KafkaFuture<Map<ConfigResource, Config>> configsOf(String topic) {
    return admin
        .describeConfigs(List.of(new ConfigResource(ConfigResource.Type.TOPIC, topic)))
        .all();
  }

  private static Optional<Long> retentionMs(Map<ConfigResource, Config> configs) {
    return configs.values().stream()
        .map(config -> config.get(TopicConfig.RETENTION_MS_CONFIG))
        .filter(Objects::nonNull)
        .map(retention -> Long.valueOf(retention.value()))
        .findFirst();
  }

  private static TopicInfo infoOf(TopicDescription description, Optional<Long> retentionMs) {
    List<TopicPartitionInfo> partitions = description.partitions();
    return new TopicInfo(
        description.name(),
        partitions.size(),
        (short) partitions.get(0).replicas().size(),
        retentionMs);
  }

  private static <T> Optional<T> ifThere(String what, KafkaFuture<T> future) {
    try {
      return Optional.of(await(what, future));
    } catch (SqlException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static <T> T await(String what, KafkaFuture<T> future) {
    try {
      return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(what, e.getCause());
    } catch (TimeoutException e) {
      throw failure(what, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static SqlException failure(String what, Throwable cause) {
    return new SqlException("Kafka could not %s: %s".formatted(what, cause.getMessage()), cause);
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("Interrupted while waiting for Kafka", e);
  }

  /** The replicas of each partition of a topic. */
  public static List<Integer> replicasOf(TopicDescription topic) {
    return topic.partitions().stream().map(partition -> partition.replicas().size()).toList();
  }

  /** The topics in the order in which listings show them: by name. */
  public static List<TopicDescription> sorted(Collection<TopicDescription> topics) {
    return topics.stream().sorted((left, right) -> left.name().compareTo(right.name())).toList();
  }
}
