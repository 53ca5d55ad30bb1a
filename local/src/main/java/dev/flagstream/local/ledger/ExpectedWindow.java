package dev.flagstream.local.ledger;

import java.math.BigDecimal;

/** What must be in the store of one 10-second window of a card or a category. */
record ExpectedWindow(
    String id, long transactions, BigDecimal sum, BigDecimal min, BigDecimal max) {

  static ExpectedWindow of(String id, BigDecimal amount) {
    return new ExpectedWindow(id, 1, amount, amount, amount);
  }

  ExpectedWindow plus(ExpectedWindow other) {
    return new ExpectedWindow(
        id,
        transactions + other.transactions,
        sum.add(other.sum),
        min.min(other.min),
        max.max(other.max));
  }
}
