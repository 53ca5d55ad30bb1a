package dev.flagstream.generator.simulation.handbook;

import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.simulation.FraudScenario;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happens on a day, counted from the Handbook's first. What a customer does on a day follows
 * from the seed, the customer and the day alone, so the frauds of fourteen days can look ahead.
 * Serves one thread.
 */
final class HandbookDays {

  private final HandbookWorld world;
  private final long honestSeed;
  private final long terminalSeed;
  private final long takeoverSeed;
  private final RandomStream random = new RandomStream();
  private final RandomStream lookup = new RandomStream();
  private final Map<Integer, Set<Spending>> takeovers = new HashMap<>();

  /**
   * One transaction of a customer, before any fraud changes it; {@code number} counts within the
   * day.
   */
  private record Spending(int day, int customer, int number, int second, long cents, int terminal) {

    static final Comparator<Spending> BY_TIME =
        Comparator.comparingInt(Spending::second)
            .thenComparingInt(Spending::customer)
            .thenComparingInt(Spending::number);
  }

  /**
   * What becomes of it.
   *
   * @param second of the day
   */
  record Outcome(
      int customer, int second, int terminal, long cents, Optional<FraudScenario> scenario) {}

  HandbookDays(HandbookParameters parameters, HandbookWorld world) {
    Seed seed = new Seed(parameters.seed());
    this.world = world;
    this.honestSeed = seed.of("days").value();
    this.terminalSeed = seed.of("compromised terminals").value();
    this.takeoverSeed = seed.of("compromised customers").value();
  }

  /** All transactions of a day in the order of time. */
  List<Outcome> day(int day) {
    List<Spending> spendings = new ArrayList<>();
    for (int customer = 0; customer < HandbookParameters.CUSTOMERS; customer++) {
      spend(customer, day, spendings);
    }
    spendings.sort(Spending.BY_TIME);
    Set<Integer> compromised = compromisedTerminals(day);
    List<Set<Spending>> underWay = takeoversUnderWay(day);
    List<Outcome> outcomes = new ArrayList<>(spendings.size());
    for (Spending spending : spendings) {
      outcomes.add(outcome(spending, compromised, underWay));
    }
    return outcomes;
  }

  private Outcome outcome(
      Spending spending, Set<Integer> compromised, List<Set<Spending>> underWay) {
    Optional<FraudScenario> scenario = Optional.empty();
    if (spending.cents > HandbookParameters.HIGH_AMOUNT_CENTS) {
      scenario = Optional.of(FraudScenario.HIGH_AMOUNT);
    }
    if (compromised.contains(spending.terminal)) {
      scenario = Optional.of(FraudScenario.COMPROMISED_MERCHANT);
    }
    long cents = spending.cents;
    for (Set<Spending> stolen : underWay) {
      if (stolen.contains(spending)) {
        scenario = Optional.of(FraudScenario.ACCOUNT_TAKEOVER);
        cents *= HandbookParameters.AMOUNT_FACTOR;
      }
    }
    return new Outcome(spending.customer, spending.second, spending.terminal, cents, scenario);
  }

  private void spend(int index, int day, List<Spending> spendings) {
    HandbookWorld.Customer customer = world.customer(index);
    random.startAt(Seed.mixed(honestSeed, index, day));
    int number = random.nextPoisson(customer.perDay());
    for (int i = 0; i < number; i++) {
      int second =
          (int)
              (HandbookParameters.MEAN_SECOND_OF_DAY
                  + HandbookParameters.DEVIATION_SECOND_OF_DAY * random.nextGaussian());
      long cents = cents(customer.meanAmount());
      int[] terminals = world.terminalsInReach(index);
      int terminal = terminals.length == 0 ? -1 : terminals[random.below(terminals.length)];
      if (terminal >= 0 && second > 0 && second < HandbookParameters.SECONDS_PER_DAY) {
        spendings.add(new Spending(day, index, i, second, cents, terminal));
      }
    }
  }

  private long cents(double mean) {
    double amount = mean + mean / 2 * random.nextGaussian();
    double positive = amount < 0 ? random.between(0, 2 * mean) : amount;
    return Math.round(positive * 100);
  }

  private Set<Integer> compromisedTerminals(int day) {
    Set<Integer> compromised = new HashSet<>();
    for (int begin = firstOf(day, HandbookParameters.TERMINAL_DAYS); begin <= day; begin++) {
      lookup.startAt(Seed.mixed(terminalSeed, begin));
      compromised.addAll(
          distinct(HandbookParameters.TERMINALS_A_DAY, HandbookParameters.TERMINALS));
    }
    return compromised;
  }

  private List<Set<Spending>> takeoversUnderWay(int day) {
    int first = firstOf(day, HandbookParameters.CUSTOMER_DAYS);
    takeovers.keySet().removeIf(begin -> begin < first || begin > day);
    List<Set<Spending>> underWay = new ArrayList<>();
    for (int begin = first; begin <= day; begin++) {
      underWay.add(takeovers.computeIfAbsent(begin, this::takeover));
    }
    return underWay;
  }

  /**
   * Which transactions of the customers drawn on a day are stolen: exactly a third, rounded down.
   */
  private Set<Spending> takeover(int begin) {
    lookup.startAt(Seed.mixed(takeoverSeed, begin));
    List<Spending> theirs = new ArrayList<>();
    for (int customer :
        distinct(HandbookParameters.CUSTOMERS_A_DAY, HandbookParameters.CUSTOMERS)) {
      for (int day = begin; day < begin + HandbookParameters.CUSTOMER_DAYS; day++) {
        spend(customer, day, theirs);
      }
    }
    Set<Spending> stolen = new HashSet<>();
    for (int left = theirs.size() / HandbookParameters.ONE_IN; left > 0; left--) {
      int drawn = lookup.below(theirs.size());
      stolen.add(theirs.set(drawn, theirs.get(theirs.size() - 1)));
      theirs.remove(theirs.size() - 1);
    }
    return stolen;
  }

  private Set<Integer> distinct(int number, int end) {
    Set<Integer> drawn = new LinkedHashSet<>();
    while (drawn.size() < number) {
      drawn.add(lookup.below(end));
    }
    return drawn;
  }

  private static int firstOf(int day, int days) {
    return Math.max(0, day - days + 1);
  }
}
