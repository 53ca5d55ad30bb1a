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
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
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

  /** Of a topic's {@code compression.type}: batches stay as they come. */
  private static final String AS_SENT = "producer";

  private static final String NEVER = "uncompressed";

  /** Sizes are reckoned, and by no more than a twentieth wrong. */
  private static final double NEARLY = 0.95;

  private final Admin topics;
  private final Map<String, Limits> known = new ConcurrentHashMap<>();

  WriteLimits(Admin topics) {
    this.topics = topics;
  }

  /**
   * The limits of one topic, and when they were looked up.
   *
   * @param known whether they are what the broker says
   * @param compacted whether a record needs a key
   * @param compression what becomes of a batch as the producer has compressed it
   */
  private record Limits(
      boolean known,
      int maxBytes,
      long maxAheadMs,
      long maxBehindMs,
      boolean compacted,
      String compression,
      long lookedUpAtMs) {

    static Limits unknown(long nowMs) {
      return new Limits(
          false, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, false, AS_SENT, nowMs);
    }

    static Limits of(Config config, long nowMs) {
      boolean stampedByBroker =
          "LogAppendTime".equals(text(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
      return new Limits(
          true,
          Integer.parseInt(text(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)),
          stampedByBroker
              ? Long.MAX_VALUE
              : Long.parseLong(text(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG)),
          stampedByBroker
              ? Long.MAX_VALUE
              : Long.parseLong(text(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG)),
          text(config, TopicConfig.CLEANUP_POLICY_CONFIG)
              .contains(TopicConfig.CLEANUP_POLICY_COMPACT),
          text(config, TopicConfig.COMPRESSION_TYPE_CONFIG),
          nowMs);
    }

    private static String text(Config config, String name) {
      return config.get(name).value();
    }

    /**
     * The same, as of another moment; of so long ago that the next record asks again if it is 0.
     */
    Limits asOf(long ms) {
      return new Limits(known, maxBytes, maxAheadMs, maxBehindMs, compacted, compression, ms);
    }

    boolean isToBeLookedUp() {
      return lookedUpAtMs == 0;
    }

    Optional<ApiException> refusal(
        ProducerRecord<byte[], byte[]> record, RecordSize sizes, long nowMs) {
      int bytes = countedBytes(record, sizes);
      if (bytes > maxBytes) {
        return Optional.of(
            new RecordTooLargeException(
                "The record has %d bytes, more than the %d that topic %s takes"
                    .formatted(bytes, maxBytes, record.topic())));
      }
      if (compacted && record.key() == null) {
        return Optional.of(
            new InvalidRecordException(
                "The record has no key, which each needs in topic %s, as it is compacted"
                    .formatted(record.topic())));
      }
      return record.timestamp() == null
          ? Optional.empty()
          : refusalOfTime(record.topic(), record.timestamp(), nowMs);
    }

    /** A record that is small enough as it is needs no second look. */
    private int countedBytes(ProducerRecord<byte[], byte[]> record, RecordSize sizes) {
      int plain = RecordSize.plain(record);
      return plain <= maxBytes || compression.equals(NEVER) ? plain : sizes.sent(record);
    }

    private Optional<ApiException> refusalOfTime(String topic, long timestampMs, long nowMs) {
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

    boolean isNearlyTooLarge(ProducerRecord<byte[], byte[]> record, RecordSize sizes) {
      boolean asItIs = compression.equals(AS_SENT) || compression.equals(NEVER);
      return asItIs
          ? countedBytes(record, sizes) > NEARLY * maxBytes
          : RecordSize.plain(record) > maxBytes / 2;
    }
  }

  /**
   * Why a topic would not take a record; empty if it would, or its limits are not known.
   *
   * @param sizes what the producer makes of it
   */
  Optional<ApiException> refusal(ProducerRecord<byte[], byte[]> record, RecordSize sizes) {
    String topic = record.topic();
    long nowMs = System.currentTimeMillis();
    Limits limits = known.get(topic);
    if (limits == null) {
      limits = lookUp(topic);
      known.put(topic, limits);
    }
    Optional<ApiException> refusal = limits.refusal(record, sizes, nowMs);
    boolean isDoubtful = refusal.isPresent() || !limits.known() || limits.isToBeLookedUp();
    if (isDoubtful && nowMs - limits.lookedUpAtMs() > FRESH_MS) {
      Limits again = lookUp(topic);
      if (!again.known()) {
        // While a broker is away, what it said before is more than nothing.
        again = limits.asOf(again.lookedUpAtMs());
      }
      known.put(topic, again);
      return again.refusal(record, sizes, nowMs);
    }
    return refusal;
  }

  /** Whether it is known what a topic takes; not where a broker does not tell. */
  boolean areKnown(String topic) {
    Limits limits = known.get(topic);
    return limits != null && limits.known();
  }

  /**
   * Whether a record that came with the error that one is too large can be the one: by what is
   * known of the topic it is too large, or all but. Where the broker compresses anew, nobody can
   * say what becomes of it, and one that has half of what the topic takes is held for it.
   */
  boolean isNearlyTooLarge(ProducerRecord<byte[], byte[]> record, RecordSize sizes) {
    Limits limits = known.get(record.topic());
    return limits == null || limits.isNearlyTooLarge(record, sizes);
  }

  /** Has what a topic takes looked up before its next record. Does not wait. */
  void lookUpAgain(String topic) {
    known.computeIfPresent(topic, (name, each) -> each.asOf(0));
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
