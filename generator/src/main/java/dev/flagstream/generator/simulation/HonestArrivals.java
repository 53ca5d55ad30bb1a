package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.City;
import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.Customers;
import dev.flagstream.generator.population.DailyActivity;
import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Seed;

/**
 * The holders' transactions of one minute after the other. Each customer is a Poisson process whose
 * rate changes with the hour; all together they are drawn by thinning (Lewis and Shedler 1979): as
 * if everybody were as active as the most active one, and then keeping each candidate with the
 * probability that this customer is. All chance of a minute follows from the seed and the minute.
 */
final class HonestArrivals {

  static final long MS_PER_MINUTE = 60_000;
  static final long MINUTES_PER_DAY = 1_440;

  private final Scene scene;
  private final Customers customers;
  private final Traffic traffic;
  private final HighAmount highAmount;
  private final TamperedTerminals terminals;
  private final long seed;
  private final RandomStream random = new RandomStream();

  private long minuteStartMs;
  private int quarter;
  private double meanGapMs;
  private double highestActivity;
  private double atMs;

  HonestArrivals(Scene scene, SimulationParameters parameters, Traffic traffic) {
    Seed of = new Seed(parameters.seed());
    this.scene = scene;
    this.customers = scene.world().customers();
    this.traffic = traffic;
    this.highAmount = parameters.frauds().highAmount();
    this.terminals =
        new TamperedTerminals(
            parameters.frauds().compromisedMerchant(), of, traffic.tamperedShareOfTime());
    this.seed = of.of("arrivals").value();
  }

  /** Turns to a minute, given in minutes since the epoch. */
  void startMinute(long minute) {
    minuteStartMs = minute * MS_PER_MINUTE;
    quarter = DailyActivity.quarterOf(minuteStartMs);
    highestActivity = customers.highestActivity(traffic.activity(), quarter);
    double candidatesPerDay =
        traffic.candidatesPerDay(quarter)
            * traffic.weekdayLevel(Math.floorDiv(minute, MINUTES_PER_DAY));
    meanGapMs = MINUTES_PER_DAY * MS_PER_MINUTE / candidatesPerDay;
    atMs = 0;
    random.startAt(Seed.mixed(seed, minute));
  }

  /** The next transaction of the minute, or null if there is none. */
  Purchase nextOrNull() {
    while (true) {
      atMs += random.nextExponential() * meanGapMs;
      if (atMs >= MS_PER_MINUTE) {
        return null;
      }
      int index = random.below(customers.size());
      double activity = customers.activity(index, traffic.activity(), quarter);
      if (random.nextDouble() * highestActivity >= activity) {
        continue;
      }
      long timeMs = minuteStartMs + (long) atMs;
      Customer customer = scene.customer(index);
      City city = scene.whereaboutsOrNull(customer, timeMs);
      if (city != null) {
        return purchase(timeMs, customer, city);
      }
    }
  }

  private Purchase purchase(long timeMs, Customer customer, City city) {
    if (random.nextDouble() < traffic.highAmountProbability()) {
      return highAmount.purchase(timeMs, customer, city, scene, random);
    }
    return terminals.charge(
        scene.honestSpending().purchase(timeMs, customer, city, random), random);
  }
}
