package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Customers;
import java.util.Objects;

/**
 * What decides the transactions of a simulation, all of them together.
 *
 * @param seed the number from which everything random follows
 * @param customers how many customers there are, at most {@value #MAX_CUSTOMERS}
 * @param merchants how many merchants there are, at most {@value #MAX_MERCHANTS}
 * @param perSecond how many transactions a second of event time has on average over a week
 * @param rhythm how they spread over day and week
 * @param frauds which frauds there are, and how many
 */
public record SimulationParameters(
    long seed,
    int customers,
    int merchants,
    double perSecond,
    Rhythm rhythm,
    FraudScenarios frauds) {

  public static final int DEFAULT_CUSTOMERS = 5_000;
  public static final int DEFAULT_MERCHANTS = 20_000;
  public static final int MAX_CUSTOMERS = Customers.MAX;
  public static final int MAX_MERCHANTS = 1_000_000;

  private static final double MAX_PER_SECOND = 10_000_000;
  private static final double SECONDS_PER_DAY = 86_400;

  public SimulationParameters {
    Objects.requireNonNull(rhythm, "rhythm");
    Objects.requireNonNull(frauds, "frauds");
    requireInRange("customers", customers, MAX_CUSTOMERS);
    requireInRange("merchants", merchants, MAX_MERCHANTS);
    if (!(perSecond > 0 && perSecond <= MAX_PER_SECOND)) {
      throw new IllegalArgumentException(
          "the rate must be above 0 and at most 10,000,000 transactions per second, not "
              + perSecond);
    }
  }

  /**
   * The parameters for a rate: as many customers as it takes, each with one or a few transactions a
   * day. Above 21,990 a second the number of customers stays at {@link #MAX_CUSTOMERS} and each
   * pays more often.
   */
  public static SimulationParameters atRate(long seed, double perSecond) {
    long customers = Math.round(perSecond * SECONDS_PER_DAY / Customers.MEAN_DAILY_FREQUENCY);
    return new SimulationParameters(
        seed,
        (int) Math.min(MAX_CUSTOMERS, Math.max(1, customers)),
        DEFAULT_MERCHANTS,
        perSecond,
        Rhythm.DAY_AND_NIGHT,
        FraudScenarios.DEFAULT);
  }

  /** The parameters for a number of customers, at the rate that follows from it. */
  public static SimulationParameters ofCustomers(long seed, int customers) {
    return new SimulationParameters(
        seed,
        customers,
        DEFAULT_MERCHANTS,
        Math.max(1, customers) * Customers.MEAN_DAILY_FREQUENCY / SECONDS_PER_DAY,
        Rhythm.DAY_AND_NIGHT,
        FraudScenarios.DEFAULT);
  }

  /** The same with another number of customers: at the same rate, so each pays more or less. */
  public SimulationParameters withCustomers(int otherCustomers) {
    return new SimulationParameters(seed, otherCustomers, merchants, perSecond, rhythm, frauds);
  }

  public SimulationParameters withMerchants(int otherMerchants) {
    return new SimulationParameters(seed, customers, otherMerchants, perSecond, rhythm, frauds);
  }

  public SimulationParameters withRhythm(Rhythm otherRhythm) {
    return new SimulationParameters(seed, customers, merchants, perSecond, otherRhythm, frauds);
  }

  public SimulationParameters withFrauds(FraudScenarios otherFrauds) {
    return new SimulationParameters(seed, customers, merchants, perSecond, rhythm, otherFrauds);
  }

  private static void requireInRange(String what, int number, int max) {
    if (number < 1 || number > max) {
      throw new IllegalArgumentException(
          "the number of " + what + " must be 1 to " + max + ", not " + number);
    }
  }
}
