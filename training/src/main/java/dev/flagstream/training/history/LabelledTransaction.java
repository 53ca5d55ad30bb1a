package dev.flagstream.training.history;

import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.training.batch.CardTransaction;
import java.util.Objects;
import java.util.Optional;

/**
 * A transaction, and its fraud if it is one.
 *
 * @param transaction what was known at once
 * @param fraud what was learned later; empty of an honest one
 */
public record LabelledTransaction(Transaction transaction, Optional<Fraud> fraud) {

  /**
   * What was learned later.
   *
   * @param scenario the kind of fraud
   * @param reportedAtMs when it was reported, epoch milliseconds
   */
  public record Fraud(String scenario, long reportedAtMs) {}

  /** Checks that both are there. */
  public LabelledTransaction {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(fraud, "fraud");
  }

  /** In the form that {@link dev.flagstream.training.batch.BatchFeatures} reads. */
  public CardTransaction forBatch() {
    boolean placed = transaction.location() != null;
    return new CardTransaction(
        transaction.timestampMs(),
        transaction.cardNumber(),
        transaction.acceptor().merchantId(),
        transaction.acceptor().category(),
        placed ? transaction.location().country() : null,
        placed ? transaction.location().latDegrees() : Double.NaN,
        placed ? transaction.location().lonDegrees() : Double.NaN,
        transaction.cardholder().homeLatDegrees(),
        transaction.cardholder().homeLonDegrees(),
        transaction.amount().unscaledValue().longValueExact(),
        transaction.cardholder().ageYears() == null
            ? Double.NaN
            : transaction.cardholder().ageYears(),
        transaction.locationRiskScore(),
        fraud.map(Fraud::reportedAtMs).orElse(CardTransaction.HONEST));
  }
}
