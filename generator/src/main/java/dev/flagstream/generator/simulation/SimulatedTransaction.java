package dev.flagstream.generator.simulation;

import dev.flagstream.generator.transaction.Transaction;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/**
 * A transaction together with the truth about it, which must never travel inside the transaction.
 *
 * @param transaction what the pipeline judges
 * @param scenario the fraud that it is part of; empty for an honest transaction
 */
public record SimulatedTransaction(Transaction transaction, Optional<FraudScenario> scenario) {

  public SimulatedTransaction {
    Objects.requireNonNull(transaction, "transaction");
    Objects.requireNonNull(scenario, "scenario");
  }

  /** The transactions alone, without the truth: what is to be judged. */
  public static Iterator<Transaction> transactions(Iterator<SimulatedTransaction> simulated) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return simulated.hasNext();
      }

      @Override
      public Transaction next() {
        return simulated.next().transaction;
      }
    };
  }

  public boolean isFraud() {
    return scenario.isPresent();
  }
}
