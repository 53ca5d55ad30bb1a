package dev.flagstream.training.handbook;

import dev.flagstream.training.batch.CardTransaction;
import java.util.List;

/**
 * Transactions with what was learned of them later, in the order of time.
 *
 * @param transactions all
 * @param scenarios the kind of fraud of each, {@code null} where it is honest
 */
public record HandbookHistory(List<CardTransaction> transactions, List<String> scenarios) {

  /** Checks the sizes. */
  public HandbookHistory {
    if (transactions.size() != scenarios.size()) {
      throw new IllegalArgumentException(
          "%d transactions, %d scenarios".formatted(transactions.size(), scenarios.size()));
    }
  }
}
