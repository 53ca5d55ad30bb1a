package dev.flagstream.generator.producer;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Which records topics accept. One that is beyond the limits makes all others of its batch fail, so
 * it is better not sent. Immutable.
 */
public final class TopicLimits {

  /** More than what Kafka adds to a key and a value that stand alone in a batch. */
  private static final int OVERHEAD_BYTES = 128;

  private static final int DEFAULT_REQUEST_BYTES = 1024 * 1024;

  private final int maxRequestBytes;
  private final boolean compresses;
  private final Map<String, Limits> limits;

  private record Limits(int maxBytes, long maxAheadMs, long maxBehindMs) {
    static final Limits NONE = new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    static Limits of(Config config) {
      boolean stampedByBroker =
          config.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG).value().equals("LogAppendTime");
      return new Limits(
          Math.toIntExact(number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)),
          stampedByBroker
              ? Long.MAX_VALUE
              : number(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG),
          stampedByBroker
              ? Long.MAX_VALUE
              : number(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG));
    }

    private static long number(Config config, String name) {
      return Long.parseLong(config.get(name).value());
    }
  }

  private TopicLimits(Map<String, Object> producer, Map<String, Limits> limits) {
    this.maxRequestBytes =
        Integer.parseInt(
            String.valueOf(
                producer.getOrDefault(
                    ProducerConfig.MAX_REQUEST_SIZE_CONFIG, DEFAULT_REQUEST_BYTES)));
    this.compresses =
        !"none"
            .equals(
                String.valueOf(
                    producer.getOrDefault(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none")));
    this.limits = Map.copyOf(limits);
  }

  /**
   * Asks the broker for the limits of topics; where it does not say, there are none but the
   * producer's own.
   */
  public static TopicLimits of(KafkaSettings settings, Collection<String> topics) {
    Map<String, Limits> limits = new HashMap<>();
    try (Admin admin = Admin.create(settings.forAdmin())) {
      List<ConfigResource> resources =
          topics.stream()
              .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
              .toList();
      admin
          .describeConfigs(resources)
          .all()
          .get()
          .forEach((resource, config) -> limits.put(resource.name(), Limits.of(config)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | KafkaException e) {
      // Not permitted to ask, or unreachable: sending will tell.
      limits.clear();
    }
    return new TopicLimits(settings.forProducer(), limits);
  }

  /**
   * Why a record would be refused, in the words for a row, such as "is too large"; empty if it
   * would not.
   *
   * @param timeMs the record's time; null for that of its sending
   * @param nowMs the time of its sending
   */
  public Optional<String> refusal(String topic, byte[] key, byte[] value, Long timeMs, long nowMs) {
    Limits of = limits.getOrDefault(topic, Limits.NONE);
    int bytes = (key == null ? 0 : key.length) + value.length + OVERHEAD_BYTES;
    // Compressed, it may be smaller by any amount; the producer looks at it before that.
    int maxBytes = compresses ? maxRequestBytes : Math.min(maxRequestBytes, of.maxBytes());
    if (bytes > maxBytes) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "is too large: %,d bytes as a record, and %s takes %,d",
              bytes,
              topic,
              maxBytes));
    }
    if (timeMs == null) {
      return Optional.empty();
    }
    if (timeMs - nowMs > of.maxAheadMs()) {
      return Optional.of(dated(topic, "ahead of", timeMs - nowMs, of.maxAheadMs()));
    }
    return nowMs - timeMs > of.maxBehindMs()
        ? Optional.of(dated(topic, "behind", nowMs - timeMs, of.maxBehindMs()))
        : Optional.empty();
  }

  private static String dated(String topic, String where, long byMs, long maxMs) {
    return String.format(
        Locale.ROOT,
        "is dated %,d s %s now, and %s takes %,d s",
        byMs / 1_000,
        where,
        topic,
        maxMs / 1_000);
  }
}
