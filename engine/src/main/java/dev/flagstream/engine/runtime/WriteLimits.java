package dev.flagstream.engine.runtime;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What records topics take, as their settings say. They are looked up again when a record is beyond
 * them, in case they have changed. Thread-safe.
 */
final class WriteLimits {

  private static final Logger LOG = LoggerFactory.getLogger(WriteLimits.class);

  private static final long TIMEOUT_SECONDS = 10;
  private static final long FRESH_MS = 10_000;

  private final Admin topics;
  private final Map<String, Limits> known = new ConcurrentHashMap<>();

  WriteLimits(Admin topics) {
    this.topics = topics;
  }

  /** The limits of one topic, and when they were looked up. */
  private record Limits(int maxBytes, long maxAheadMs, long maxBehindMs, long lookedUpAtMs) {

    static Limits unknown(long nowMs) {
      return new Limits(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, nowMs);
    }

    boolean isUnknown() {
      return maxBytes == Integer.MAX_VALUE;
    }

    /** The same, as of so long ago that the next record asks again. */
    Limits toBeLookedUp() {
      return new Limits(maxBytes, maxAheadMs, maxBehindMs, 0);
    }

    boolean isToBeLookedUp() {
      return lookedUpAtMs == 0;
    }

    static Limits of(Config config, long nowMs) {
      boolean stampedByBroker =
          "LogAppendTime".equals(text(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
      return new Limits(
          Integer.parseInt(text(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)),
          stampedByBroker
              ? Long.MAX_VALUE
              : Long.parseLong(text(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG)),
          stampedByBroker
              ? Long.MAX_VALUE
              : Long.parseLong(text(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG)),
          nowMs);
    }

    private static String text(Config config, String name) {
      return config.get(name).value();
    }

    Optional<ApiException> refusal(String topic, int bytes, Long timestampMs, long nowMs) {
      if (bytes > maxBytes) {
        return Optional.of(
            new RecordTooLargeException(
                "The record has %d bytes, more than the %d that topic %s takes"
                    .formatted(bytes, maxBytes, topic)));
      }
      if (timestampMs == null) {
        return Optional.empty();
      }
      long aheadMs = timestampMs - nowMs;
      return aheadMs > maxAheadMs || -aheadMs > maxBehindMs
          ? Optional.of(
              new InvalidTimestampException(
                  "The record's time is %d, %s the clock by more than the %d ms that topic %s takes"
                      .formatted(
                          timestampMs,
                          aheadMs > 0 ? "ahead of" : "behind",
                          aheadMs > 0 ? maxAheadMs : maxBehindMs,
                          topic)))
          : Optional.empty();
    }
  }

  /**
   * Why a topic would not take a record; empty if it would, or its limits are not known.
   *
   * @param bytes the record's size as the broker counts it
   * @param timestampMs the record's time; null if the producer gives it
   */
  Optional<ApiException> refusal(String topic, int bytes, Long timestampMs) {
    Limits limits = known.computeIfAbsent(topic, this::lookUp);
    long nowMs = System.currentTimeMillis();
    Optional<ApiException> refusal = limits.refusal(topic, bytes, timestampMs, nowMs);
    boolean isDoubtful = refusal.isPresent() || limits.isUnknown() || limits.isToBeLookedUp();
    if (isDoubtful && nowMs - limits.lookedUpAtMs() > FRESH_MS) {
      Limits again = lookUp(topic);
      known.put(topic, again);
      return again.refusal(topic, bytes, timestampMs, nowMs);
    }
    return refusal;
  }

  /** How large a record of a topic may be, in bytes; the largest integer if that is not known. */
  int mostBytes(String topic) {
    return known.computeIfAbsent(topic, this::lookUp).maxBytes();
  }

  /** Whether it is known what a topic takes; not where a broker does not tell. */
  boolean areKnown(String topic) {
    Limits limits = known.get(topic);
    return limits != null && !limits.isUnknown();
  }

  /**
   * Whether a record that came with the error that one is too large can be the one: it has half of
   * what the topic is known to take, or more.
   */
  boolean isNearlyTooLarge(String topic, int bytes) {
    Limits limits = known.get(topic);
    return limits == null || bytes > limits.maxBytes() / 2;
  }

  /** Has what a topic takes looked up before its next record. Does not wait. */
  void lookUpAgain(String topic) {
    known.computeIfPresent(topic, (name, each) -> each.toBeLookedUp());
  }

  private Limits lookUp(String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try {
      Config config =
          topics
              .describeConfigs(Collections.singleton(resource))
              .all()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .get(resource);
      return Limits.of(config, System.currentTimeMillis());
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("What records topic {} takes is not known", topic, e);
      return Limits.unknown(System.currentTimeMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Limits.unknown(System.currentTimeMillis());
    }
  }
}
