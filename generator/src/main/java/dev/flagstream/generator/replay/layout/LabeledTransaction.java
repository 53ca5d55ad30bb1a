package dev.flagstream.generator.replay.layout;

import dev.flagstream.generator.transaction.Transaction;
import java.util.Objects;
import java.util.Optional;

/**
 * A row of a known layout.
 *
 * @param transaction with null or NaN for whatever the layout does not tell
 * @param verdict empty where the file has no labels
 */
public record LabeledTransaction(Transaction transaction, Optional<FraudVerdict> verdict) {

  public LabeledTransaction {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(verdict, "verdict");
  }
}
