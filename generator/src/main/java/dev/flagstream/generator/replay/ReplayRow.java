package dev.flagstream.generator.replay;

import dev.flagstream.generator.producer.FeedRecord;
import dev.flagstream.generator.replay.layout.FraudVerdict;
import java.util.Objects;
import java.util.Optional;

/** One row, ready to be sent. Callers must not change its bytes. */
final class ReplayRow {

  /** As a time: the file has none, so the record gets the time of its sending. */
  static final long NO_TIME = FeedRecord.NO_TIME;

  private final byte[] key;
  private final byte[] value;
  private final long timeMs;
  private final Optional<Verdict> verdict;

  /**
   * What a file says of a transaction, and which one.
   *
   * @param merchantId null if unknown
   * @param customerId null if unknown
   */
  record Verdict(String transactionId, String merchantId, String customerId, FraudVerdict fraud) {

    Verdict {
      Objects.requireNonNull(transactionId, "transactionId");
      Objects.requireNonNull(fraud, "fraud");
    }
  }

  /**
   * Takes a row's parts.
   *
   * @param key the record's key; null for none
   * @param value the record's value, JSON
   * @param timeMs event time, or {@link #NO_TIME}
   * @param verdict what the file says the row turned out to be, which is not in the value
   */
  ReplayRow(byte[] key, byte[] value, long timeMs, Optional<Verdict> verdict) {
    this.key = key;
    this.value = value;
    this.timeMs = timeMs;
    this.verdict = verdict;
  }

  byte[] key() {
    return key;
  }

  byte[] value() {
    return value;
  }

  long timeMs() {
    return timeMs;
  }

  Optional<Verdict> verdict() {
    return verdict;
  }
}
