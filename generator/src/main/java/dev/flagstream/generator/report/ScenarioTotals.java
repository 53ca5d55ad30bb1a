package dev.flagstream.generator.report;

import dev.flagstream.generator.simulation.SimulatedTransaction;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the frauds of one scenario come to. */
final class ScenarioTotals {

  private final Map<String, Integer> transactionsByCard = new HashMap<>();
  private final Set<String> merchants = new HashSet<>();
  private BigDecimal amount = BigDecimal.ZERO;
  private long transactions;

  void add(SimulatedTransaction fraud) {
    transactions++;
    amount = amount.add(fraud.transaction().amount());
    transactionsByCard.merge(fraud.transaction().cardNumber(), 1, Integer::sum);
    merchants.add(fraud.transaction().acceptor().merchantId());
  }

  long transactions() {
    return transactions;
  }

  /** Exact to the cent. */
  BigDecimal amount() {
    return amount;
  }

  int cards() {
    return transactionsByCard.size();
  }

  int merchants() {
    return merchants.size();
  }

  /** How many of the frauds were on each card. */
  Map<String, Integer> transactionsByCard() {
    return transactionsByCard;
  }
}
