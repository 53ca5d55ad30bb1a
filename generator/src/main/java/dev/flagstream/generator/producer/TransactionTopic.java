package dev.flagstream.generator.producer;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics that the generator writes to. */
public final class TransactionTopic {

  public static final String DEFAULT_NAME = "credit_card_transactions";
  public static final String DEFAULT_TRUTH_NAME = "fraud_truth";
  public static final String DEFAULT_LABELS_NAME = "fraud_labels";

  /**
   * How long the topics keep their records, in milliseconds of event time: a hundred years. The SQL
   * scripts ask for the same, since ksqlDB refuses a topic that is there with another retention.
   */
  public static final long RETENTION_MS = 3_153_600_000_000L;

  static final int PARTITIONS = 4;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

  /** What {@link #createIfMissing} found or did. */
  public enum Creation {
    CREATED,
    ALREADY_THERE,
    NOT_PERMITTED
  }

  private TransactionTopic() {}

  /**
   * Makes sure the topic is there, with four partitions if it has to be created.
   *
   * @return {@code NOT_PERMITTED} if the cluster does not let this client create topics: then the
   *     topic may or may not exist, and sending will show
   * @throws KafkaAccessException if no broker answers or it refuses the request
   */
  public static Creation createIfMissing(KafkaSettings settings, String name) {
    return createIfMissing(settings, eventTopic(name), TIMEOUT);
  }

  /**
   * The same for a topic with one partition that keeps only the latest record of each key.
   *
   * @throws KafkaAccessException if no broker answers or it refuses the request
   */
  public static Creation createCompactedIfMissing(KafkaSettings settings, String name) {
    return createIfMissing(settings, compactedTopic(name), TIMEOUT);
  }

  static Creation createIfMissing(KafkaSettings settings, NewTopic topic, Duration timeout) {
    try (Admin admin = Admin.create(settings.forAdmin())) {
      try {
        Creation creation = create(admin, settings, topic, timeout);
        if (creation != Creation.NOT_PERMITTED) {
          awaitVisible(admin, topic.name(), timeout);
        }
        return creation;
      } finally {
        admin.close(CLOSE_TIMEOUT);
      }
    } catch (KafkaAccessException e) {
      throw e;
    } catch (KafkaException e) {
      throw KafkaAccessException.wrongSettings(settings, e);
    }
  }

  static NewTopic eventTopic(String name) {
    // Records are stamped with event time. A broker that deletes by age would drop a run that
    // starts in the past, minutes after it was written.
    return new NewTopic(name, Optional.of(PARTITIONS), Optional.empty())
        .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION_MS)));
  }

  private static NewTopic compactedTopic(String name) {
    return new NewTopic(name, Optional.of(1), Optional.empty())
        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  private static Creation create(
      Admin admin, KafkaSettings settings, NewTopic topic, Duration timeout) {
    CreateTopicsOptions options =
        new CreateTopicsOptions().timeoutMs(Math.toIntExact(timeout.toMillis()));
    try {
      admin.createTopics(List.of(topic), options).all().get();
      return Creation.CREATED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaAccessException("interrupted while creating the topic " + topic.name(), e);
    } catch (ExecutionException e) {
      return afterRefusal(e.getCause(), settings, topic.name());
    }
  }

  /**
   * A topic is made by the controller; the broker that is asked next learns of it a little later.
   */
  private static void awaitVisible(Admin admin, String name, Duration timeout) {
    RetryPolicy<Object> untilSeen =
        RetryPolicy.builder()
            .handleIf(failure -> failure.getCause() instanceof UnknownTopicOrPartitionException)
            .withDelay(POLL)
            .withMaxRetries(-1)
            .withMaxDuration(timeout)
            .build();
    try {
      Failsafe.with(untilSeen).run(() -> admin.describeTopics(List.of(name)).allTopicNames().get());
    } catch (FailsafeException e) {
      throw new KafkaAccessException(
          "cannot see the topic " + name + " that was made: " + e.getCause().getMessage(),
          e.getCause());
    }
  }

  private static Creation afterRefusal(Throwable cause, KafkaSettings settings, String name) {
    if (cause instanceof TopicExistsException) {
      return Creation.ALREADY_THERE;
    }
    if (cause instanceof AuthorizationException) {
      return Creation.NOT_PERMITTED;
    }
    if (cause instanceof AuthenticationException) {
      throw KafkaAccessException.loginRefused(settings, cause);
    }
    if (cause instanceof TimeoutException) {
      throw KafkaAccessException.unreachable(settings, cause);
    }
    throw new KafkaAccessException(
        "cannot create the topic "
            + name
            + " at "
            + settings.bootstrapServers()
            + ": "
            + cause.getMessage(),
        cause);
  }
}
