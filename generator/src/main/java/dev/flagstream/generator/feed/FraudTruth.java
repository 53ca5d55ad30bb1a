package dev.flagstream.generator.feed;

import java.util.Objects;

/**
 * Marks a transaction as a fraud at once, for evaluation only. Honest transactions have none.
 *
 * @param scenario which kind of fraud, such as {@code card_testing}
 * @param transactionTimeMs event time of the transaction, milliseconds since the epoch
 */
public record FraudTruth(String transactionId, String scenario, long transactionTimeMs)
    implements FeedEvent {

  public FraudTruth {
    Objects.requireNonNull(transactionId, "transactionId");
    Objects.requireNonNull(scenario, "scenario");
  }

  @Override
  public long timeMs() {
    return transactionTimeMs;
  }
}
