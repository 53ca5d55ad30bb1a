package dev.flagstream.generator.report;

import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.transaction.Transaction;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What a range of simulated transactions is like, gathered in one pass. It keeps counts only, one
 * for each card and customer besides.
 */
final class SimulationStatistics {

  /** Amounts are binned by their logarithm, eight bins to a power of ten. */
  static final int BINS_PER_DECADE = 8;

  static final int AMOUNT_BINS = 6 * BINS_PER_DECADE;
  static final int HOURS = 24;

  private static final double LOWEST_AMOUNT = 0.1;

  private final Tally amounts = new Tally(AMOUNT_BINS);
  private final Tally hours = new Tally(HOURS);
  private final Map<String, Tally> categories = new TreeMap<>();
  private final Map<String, Tally> channels = new TreeMap<>();
  private final Map<FraudScenario, ScenarioTotals> scenarios = new EnumMap<>(FraudScenario.class);
  private final Map<String, Integer> transactionsByCard = new HashMap<>();
  private final Map<String, Integer> transactionsByCustomer = new HashMap<>();
  private long transactions;
  private long frauds;

  void add(SimulatedTransaction simulated) {
    Transaction transaction = simulated.transaction();
    boolean isFraud = simulated.isFraud();
    transactions++;
    amounts.add(amountBin(transaction.amount().doubleValue()), isFraud);
    hours.add(hourOf(transaction.timestampMs()), isFraud);
    tallyOf(categories, transaction.acceptor().category()).add(0, isFraud);
    tallyOf(channels, transaction.channel() == null ? null : transaction.channel().label())
        .add(0, isFraud);
    transactionsByCard.merge(transaction.cardNumber(), 1, Integer::sum);
    transactionsByCustomer.merge(transaction.cardholder().customerId(), 1, Integer::sum);
    simulated
        .scenario()
        .ifPresent(
            scenario -> {
              frauds++;
              scenarios.computeIfAbsent(scenario, s -> new ScenarioTotals()).add(simulated);
            });
  }

  private static Tally tallyOf(Map<String, Tally> tallies, String name) {
    return tallies.computeIfAbsent(name == null ? "unknown" : name, n -> new Tally(1));
  }

  static int amountBin(double amount) {
    return (int) Math.floor(Math.log10(amount / LOWEST_AMOUNT) * BINS_PER_DECADE);
  }

  /** The amount where a bin begins, in units of the currency. */
  static double lowestAmountOf(int bin) {
    return LOWEST_AMOUNT * Math.pow(10, (double) bin / BINS_PER_DECADE);
  }

  /** The hour of the day in UTC, 0 to 23. */
  static int hourOf(long timestampMs) {
    return (int) Math.floorMod(TimeUnit.MILLISECONDS.toHours(timestampMs), (long) HOURS);
  }

  long transactions() {
    return transactions;
  }

  long frauds() {
    return frauds;
  }

  int cards() {
    return transactionsByCard.size();
  }

  int customers() {
    return transactionsByCustomer.size();
  }

  Tally amounts() {
    return amounts;
  }

  Tally hours() {
    return hours;
  }

  /** By name, each with a single bin. */
  Map<String, Tally> categories() {
    return Collections.unmodifiableMap(categories);
  }

  /** By name, each with a single bin. */
  Map<String, Tally> channels() {
    return Collections.unmodifiableMap(channels);
  }

  /** Only the scenarios that happened. */
  Map<FraudScenario, ScenarioTotals> scenarios() {
    return Collections.unmodifiableMap(scenarios);
  }

  /** How many transactions, honest ones included, each card made. */
  Map<String, Integer> transactionsByCard() {
    return Collections.unmodifiableMap(transactionsByCard);
  }
}
