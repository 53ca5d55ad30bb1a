package dev.flagstream.generator.simulation;

import dev.flagstream.generator.population.DailyActivity;
import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The frauds that come on top of the honest arrivals, minute by minute. Those of a few hours are
 * planned in the minute they begin, so before the first minute one looks back as far as the longest
 * lasts; those of days are drawn one transaction at a time. Only what is planned and not yet due is
 * remembered.
 */
final class PlannedFrauds {

  private static final long MS_PER_MINUTE = HonestArrivals.MS_PER_MINUTE;
  private static final long MINUTES_PER_DAY = HonestArrivals.MINUTES_PER_DAY;

  /**
   * A transaction to come; of simultaneous ones, the minute and number of the plan decide which
   * comes first.
   */
  private record Planned(Purchase purchase, long minute, int number) {

    static final Comparator<Planned> ORDER =
        Comparator.comparingLong((Planned planned) -> planned.purchase.timeMs())
            .thenComparingLong(Planned::minute)
            .thenComparingInt(Planned::number);
  }

  private final Scene scene;
  private final Traffic traffic;
  private final List<Burst> bursts;
  private final List<Cohorts> campaigns = new ArrayList<>();
  private final long seed;
  private final RandomStream starts = new RandomStream();
  private final RandomStream details = new RandomStream();
  private final PriorityQueue<Planned> queue = new PriorityQueue<>(Planned.ORDER);

  private int plannedInMinute;

  /** Begins at a minute, with what began before and is not over yet. */
  PlannedFrauds(Scene scene, SimulationParameters parameters, Traffic traffic, long firstMinute) {
    Seed of = new Seed(parameters.seed());
    this.scene = scene;
    this.traffic = traffic;
    this.bursts = parameters.frauds().bursts();
    this.seed = of.of("bursts").value();
    for (Campaign campaign : parameters.frauds().campaigns()) {
      campaigns.add(new Cohorts(campaign, of, traffic));
    }
    lookBack(firstMinute);
  }

  /** Plans what begins in a minute; minutes follow one another without a gap. */
  void startMinute(long minute) {
    planBursts(minute, Long.MIN_VALUE);
    for (Cohorts cohorts : campaigns) {
      cohorts.plan(minute, scene, purchase -> add(purchase, minute));
    }
  }

  /** When the next transaction is due; the end of time if none is planned. */
  long nextMs() {
    Planned next = queue.peek();
    return next == null ? Long.MAX_VALUE : next.purchase.timeMs();
  }

  /** Takes the next transaction; there must be one. */
  Purchase next() {
    return queue.remove().purchase;
  }

  private void lookBack(long firstMinute) {
    long longestMs = bursts.stream().mapToLong(Burst::longestMs).max().orElse(0);
    for (long minute = firstMinute - longestMs / MS_PER_MINUTE - 1;
        minute < firstMinute;
        minute++) {
      planBursts(minute, firstMinute * MS_PER_MINUTE);
    }
  }

  private void planBursts(long minute, long fromMs) {
    plannedInMinute = 0;
    int quarter = DailyActivity.quarterOf(minute * MS_PER_MINUTE);
    for (Burst burst : bursts) {
      double perMinute = traffic.burstsPerDay(burst) * burst.startLevel(quarter) / MINUTES_PER_DAY;
      if (perMinute > 0) {
        planBursts(burst, minute, perMinute, fromMs);
      }
    }
  }

  private void planBursts(Burst burst, long minute, double perMinute, long fromMs) {
    long minuteSeed = Seed.mixed(seed, burst.scenario().name().hashCode(), minute);
    starts.startAt(minuteSeed);
    int number = 0;
    for (double at = starts.nextExponential() / perMinute;
        at < 1;
        at += starts.nextExponential() / perMinute) {
      long startMs = minute * MS_PER_MINUTE + (long) (at * MS_PER_MINUTE);
      details.startAt(Seed.mixed(minuteSeed, ++number));
      burst.plan(
          startMs,
          scene,
          details,
          purchase -> {
            // Counted even if it is over already, so that the order never depends on the start.
            add(purchase, minute, fromMs);
          });
    }
  }

  private void add(Purchase purchase, long minute) {
    add(purchase, minute, Long.MIN_VALUE);
  }

  private void add(Purchase purchase, long minute, long fromMs) {
    plannedInMinute++;
    if (purchase.timeMs() >= fromMs) {
      queue.add(new Planned(purchase, minute, plannedInMinute));
    }
  }
}
