package dev.flagstream.generator.feed;

import java.util.Objects;

/**
 * What a bank learns later, such as by a chargeback. It tells no scenario and no card number.
 *
 * @param merchantId null if unknown
 * @param customerId null if unknown
 * @param fraud what the customer, or an investigation, says
 * @param transactionTimeMs event time of the transaction, milliseconds since the epoch
 * @param reportedAtMs when it became known, milliseconds since the epoch; not before the
 *     transaction
 */
public record FraudLabel(
    String transactionId,
    String merchantId,
    String customerId,
    boolean fraud,
    long transactionTimeMs,
    long reportedAtMs)
    implements FeedEvent {

  public FraudLabel {
    Objects.requireNonNull(transactionId, "transactionId");
    if (reportedAtMs < transactionTimeMs) {
      throw new IllegalArgumentException(
          "the label of " + transactionId + " is reported before its transaction");
    }
  }

  @Override
  public long timeMs() {
    return reportedAtMs;
  }
}
