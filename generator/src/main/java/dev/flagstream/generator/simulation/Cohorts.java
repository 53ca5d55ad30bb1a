package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.DailyActivity;
import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Seed;
import java.util.function.Consumer;

/**
 * All campaigns of one kind, by the day they begin. How many begin on a day is Poisson; which
 * customer one strikes follows from the day and its number. Each minute draws how many transactions
 * all campaigns under way make, and for each transaction the campaign it belongs to. Serves one
 * thread.
 */
final class Cohorts {

  private static final long NO_DAY = Long.MIN_VALUE;

  private final Campaign campaign;
  private final long seed;
  private final long sizeSeed;
  private final double perDay;
  private final Traffic traffic;
  private final int[] sizes;
  private final double[] cumulative;
  private final RandomStream campaignChance = new RandomStream();
  private final RandomStream chance = new RandomStream();

  private long day = NO_DAY;

  Cohorts(Campaign campaign, Seed seed, Traffic traffic) {
    this.campaign = campaign;
    this.seed = seed.of("campaigns").of(campaign.scenario().name()).value();
    this.sizeSeed = seed.of("cohorts").of(campaign.scenario().name()).value();
    this.perDay = traffic.campaignsPerDay(campaign);
    this.traffic = traffic;
    this.sizes = new int[campaign.days()];
    this.cumulative = new double[campaign.days()];
  }

  /** Draws the transactions of a minute; not in the order of their times. */
  void plan(long minute, Scene scene, Consumer<Purchase> plan) {
    turnTo(Math.floorDiv(minute, HonestArrivals.MINUTES_PER_DAY));
    double perDayNow = cumulative[cumulative.length - 1];
    if (perDayNow == 0) {
      return;
    }
    long minuteStartMs = minute * HonestArrivals.MS_PER_MINUTE;
    double level =
        campaign.followsActivity() ? traffic.hourLevel(DailyActivity.quarterOf(minuteStartMs)) : 1;
    long minuteSeed = Seed.mixed(seed, minute);
    chance.startAt(minuteSeed);
    int number = chance.nextPoisson(perDayNow * level / HonestArrivals.MINUTES_PER_DAY);
    for (int i = 1; i <= number; i++) {
      chance.startAt(Seed.mixed(minuteSeed, i));
      long timeMs = minuteStartMs + chance.below((int) HonestArrivals.MS_PER_MINUTE);
      plan.accept(purchase(timeMs, scene));
    }
  }

  private Purchase purchase(long timeMs, Scene scene) {
    double at = chance.nextDouble() * cumulative[cumulative.length - 1];
    int age = 0;
    while (at >= cumulative[age] && age < cumulative.length - 1) {
      age++;
    }
    campaignChance.startAt(Seed.mixed(sizeSeed, day - age, 1L + chance.below(sizes[age])));
    return campaign.purchase(timeMs, age, scene, campaignChance, chance);
  }

  /**
   * Computes how many transactions to expect that day from the campaigns that began on it and on
   * each day before.
   */
  private void turnTo(long newDay) {
    if (newDay == day) {
      return;
    }
    day = newDay;
    double sum = 0;
    for (int age = 0; age < sizes.length; age++) {
      sizes[age] = chance.startAt(Seed.mixed(sizeSeed, day - age)).nextPoisson(perDay);
      sum += sizes[age] * campaign.meanFrauds() * campaign.shareOfDay(age);
      cumulative[age] = sum;
    }
  }
}
