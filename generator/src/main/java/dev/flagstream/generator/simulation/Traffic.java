package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.Customers;
import dev.flagstream.generator.population.DailyActivity;
import dev.flagstream.generator.population.World;
import java.util.Arrays;

/**
 * How often everything happens, so that all of it together makes the rate and each fraud makes its
 * share. Frauds that come on top of honest arrivals take their part from the rate; those that
 * strike when a holder would have paid take over a part of the arrivals. Immutable.
 */
final class Traffic {

  private static final double SECONDS_PER_DAY = 86_400;
  private static final int FIRST_DAY_OF_WEEK = 3;

  /** Monday to Sunday; the mean is 1. */
  private static final double[] WEEKDAY_LEVEL = {0.95, 0.95, 0.97, 1.00, 1.10, 1.13, 0.90};

  private final DailyActivity activity = new DailyActivity();
  private final boolean even;
  private final double perDay;
  private final double[] candidatesPerDay = new double[DailyActivity.QUARTERS_PER_DAY];
  private final double highAmountProbability;
  private final double tamperedShareOfTime;

  Traffic(SimulationParameters parameters, World world) {
    FraudScenarios frauds = parameters.frauds();
    double arrivalShare = arrivalShare(frauds);
    even = parameters.rhythm() == Rhythm.EVEN;
    perDay = parameters.perSecond() * SECONDS_PER_DAY;
    // Customers who are on the way do not pay; the others make up for it.
    countCandidates(
        perDay * arrivalShare / (1 - world.travels().shareOnTheWay()), world.customers());
    highAmountProbability = frauds.highAmount().share() / arrivalShare;
    tamperedShareOfTime =
        frauds.compromisedMerchant().share()
            / arrivalShare
            / (1 - highAmountProbability)
            / frauds.compromisedMerchant().shareOfMerchant()
            / HonestSpending.terminalShare();
  }

  /** How active each customer is at each time of day. */
  DailyActivity activity() {
    return activity;
  }

  /**
   * How many times a day a customer would have to be drawn, if it were the same time all day and
   * each were then kept with the probability that thinning gives.
   */
  double candidatesPerDay(int quarter) {
    return candidatesPerDay[quarter];
  }

  /** How busy a day (since the epoch) is compared with the mean of a week. */
  double weekdayLevel(long day) {
    return even ? 1 : WEEKDAY_LEVEL[(int) Math.floorMod(day + FIRST_DAY_OF_WEEK, 7L)];
  }

  /** How busy a quarter of an hour is compared with the mean of a day. */
  double hourLevel(int quarter) {
    return even ? 1 : activity.mean(quarter);
  }

  /** The probability that an arrival becomes a high amount. */
  double highAmountProbability() {
    return highAmountProbability;
  }

  /** How much of its time a merchant must be compromised. */
  double tamperedShareOfTime() {
    return tamperedShareOfTime;
  }

  /** Bursts of a kind that begin a day. */
  double burstsPerDay(Burst burst) {
    return perDay * burst.share() / burst.meanFrauds();
  }

  /** Campaigns of a kind that begin a day. */
  double campaignsPerDay(Campaign campaign) {
    return perDay * campaign.share() / campaign.meanFrauds();
  }

  /** What is left for the holders, and for the frauds that strike when a holder would have paid. */
  private static double arrivalShare(FraudScenarios frauds) {
    double share = 1;
    for (Burst burst : frauds.bursts()) {
      share -= burst.share() * (1 + burst.meanHonest() / burst.meanFrauds());
    }
    for (Campaign campaign : frauds.campaigns()) {
      share -= campaign.share();
    }
    return share;
  }

  private void countCandidates(double arrivalsPerDay, Customers customers) {
    double[] mean = new double[DailyActivity.QUARTERS_PER_DAY];
    Arrays.setAll(mean, quarter -> customers.meanActivity(activity, quarter));
    double meanOfDay = Arrays.stream(mean).average().orElseThrow();
    Arrays.setAll(
        candidatesPerDay,
        quarter ->
            arrivalsPerDay
                * customers.highestActivity(activity, quarter)
                / (even ? mean[quarter] : meanOfDay));
  }
}
