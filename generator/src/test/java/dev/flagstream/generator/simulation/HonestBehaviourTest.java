package dev.flagstream.generator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.generator.population.Customer;
import dev.flagstream.generator.population.DailyActivity;
import dev.flagstream.generator.population.Merchant;
import dev.flagstream.generator.population.MerchantCategory;
import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.population.World;
import dev.flagstream.generator.transaction.Channel;
import dev.flagstream.generator.transaction.Transaction;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.inference.ChiSquareTest;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

/**
 * Holds what comes out to the distributions that docs/simulation.md states. A test fails by chance
 * with one seed in a thousand; this seed is one that holds.
 */
class HonestBehaviourTest {

  private static final long SEED = 20_260_105;
  private static final double ALPHA = 0.001;
  private static final int CUSTOMERS = 2_000;
  private static final int MERCHANTS = 3_000;
  private static final int WEEKS = 4;
  private static final long MS_PER_DAY = 86_400_000;

  private static final SimulationParameters HONEST =
      SimulationParameters.ofCustomers(SEED, CUSTOMERS)
          .withMerchants(MERCHANTS)
          .withFrauds(FraudScenarios.NONE);

  private static final List<Transaction> FOUR_WEEKS =
      Run.of(HONEST, Duration.ofDays(7 * WEEKS)).transactions();

  private final World world = World.create(new Seed(SEED), CUSTOMERS, MERCHANTS);
  private final RandomStream random = new RandomStream();

  @Test
  void paysAtTheHoursOfTheCustomersActivity() {
    DailyActivity activity = new DailyActivity();
    double[] expected = new double[DailyActivity.QUARTERS_PER_DAY];
    Arrays.setAll(expected, quarter -> world.customers().meanActivity(activity, quarter));
    long[] observed = new long[expected.length];
    FOUR_WEEKS.forEach(each -> observed[DailyActivity.quarterOf(each.timestampMs())]++);

    assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
    double night = Arrays.stream(observed, 0, 28).sum() / (double) FOUR_WEEKS.size();
    assertThat(night).isBetween(0.02, 0.12);
  }

  @Test
  void paysMoreOnFridaysAndSaturdays() {
    double[] expected = {0.95, 0.95, 0.97, 1.00, 1.10, 1.13, 0.90};
    long[] observed = new long[7];
    long mondayMs = Run.MONDAY.toEpochMilli();
    FOUR_WEEKS.forEach(
        each -> observed[(int) ((each.timestampMs() - mondayMs) / MS_PER_DAY % 7)]++);

    assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
  }

  @Test
  void keepsTheMeanRate() {
    double expected = CUSTOMERS * 1.9 * 7 * WEEKS;

    assertThat(FOUR_WEEKS.size() / expected).isCloseTo(1, within(4 / Math.sqrt(expected)));
  }

  @Test
  void letsEveryCustomerPayAsOftenAsThePoissonProcessOfTheCustomerSays() {
    Map<String, Integer> counts = new HashMap<>();
    FOUR_WEEKS.forEach(each -> counts.merge(each.cardholder().customerId(), 1, Integer::sum));
    double[] means = new double[CUSTOMERS];
    double sum = 0;
    for (int index = 0; index < CUSTOMERS; index++) {
      means[index] = world.customers().dailyFrequency(index);
      sum += means[index];
    }
    // Pearson's dispersion: the sum of (n - m)² / m is chi-squared if each n is Poisson.
    double dispersion = 0;
    for (int index = 0; index < CUSTOMERS; index++) {
      double mean = means[index] / sum * FOUR_WEEKS.size();
      int count = counts.getOrDefault(id(index), 0);
      dispersion += (count - mean) * (count - mean) / mean;
    }
    double p = new ChiSquaredDistribution(CUSTOMERS - 1).cumulativeProbability(dispersion);

    assertThat(p).isBetween(ALPHA, 1 - ALPHA);
  }

  @Test
  void isEquallyBusyAtAnyHourIfAsked() {
    long[] observed = new long[24];
    double[] expected = new double[24];
    Arrays.fill(expected, 1);
    Run.of(HONEST.withRhythm(Rhythm.EVEN), Duration.ofDays(14))
        .transactions()
        .forEach(each -> observed[(int) (each.timestampMs() % MS_PER_DAY / 3_600_000)]++);

    assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
  }

  @Test
  void leavesExponentialGapsAsIndependentArrivals() {
    List<Transaction> busy =
        Run.of(
                SimulationParameters.atRate(SEED, 1)
                    .withRhythm(Rhythm.EVEN)
                    .withFrauds(FraudScenarios.NONE),
                Duration.ofHours(2))
            .transactions();
    double[] gaps = new double[busy.size() - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = (busy.get(i + 1).timestampMs() - busy.get(i).timestampMs() + 0.5) / 1_000;
    }

    assertThat(
            new KolmogorovSmirnovTest().kolmogorovSmirnovTest(new ExponentialDistribution(1), gaps))
        .isGreaterThan(ALPHA);
  }

  @Test
  void paysForEachCategoryItsShare() {
    MerchantCategory[] categories = MerchantCategory.values();
    double[] expected = new double[categories.length];
    long[] observed = new long[categories.length];
    for (int i = 0; i < categories.length; i++) {
      MerchantCategory category = categories[i];
      expected[i] = category.share();
      observed[i] =
          FOUR_WEEKS.stream()
              .filter(each -> each.acceptor().category().equals(category.label()))
              .peek(each -> assertThat(each.acceptor().mcc()).isEqualTo(category.mcc()))
              .peek(each -> assertThat(each.channel()).isEqualTo(category.channel()))
              .count();
    }

    assertThat(new ChiSquareTest().chiSquareTest(expected, observed)).isGreaterThan(ALPHA);
  }

  @Test
  void spreadsAmountsLogNormallyAroundTheCustomersMeanAndThePriceLevel() {
    double[] standardized =
        FOUR_WEEKS.stream()
            .filter(each -> each.channel() != Channel.ATM)
            .filter(each -> each.amount().doubleValue() > 1)
            .limit(8_000)
            .mapToDouble(this::standardized)
            .toArray();

    assertThat(standardized).hasSize(8_000);
    assertThat(
            new KolmogorovSmirnovTest()
                .kolmogorovSmirnovTest(new NormalDistribution(), standardized))
        .isGreaterThan(ALPHA);
  }

  @Test
  void takesTwentiesFromCashMachines() {
    assertThat(FOUR_WEEKS)
        .filteredOn(each -> each.channel() == Channel.ATM)
        .hasSizeGreaterThan(1_000)
        .allMatch(each -> each.amount().doubleValue() % 20 == 0)
        .allMatch(each -> each.acceptor().mcc().equals("6011"));
  }

  @Test
  void goesToFavouriteMerchantsMostOfTheTime() {
    Set<String> known = new HashSet<>();
    int again = 0;
    int later = 0;
    for (Transaction each : FOUR_WEEKS) {
      boolean isNew = known.add(each.cardholder().customerId() + each.acceptor().merchantId());
      if (each.timestampMs() >= Run.MONDAY.toEpochMilli() + 21 * MS_PER_DAY) {
        later++;
        again += isNew ? 0 : 1;
      }
    }

    assertThat(again / (double) later).isBetween(0.5, 0.8);
  }

  @Test
  void travelsNowAndThenAndNeverFasterThanAPlane() {
    Map<String, Transaction> last = new HashMap<>();
    int journeys = 0;
    for (Transaction each : FOUR_WEEKS) {
      Transaction before = last.put(each.cardholder().customerId(), each);
      if (before == null || before.location().city().equals(each.location().city())) {
        continue;
      }
      journeys++;
      double hours = (each.timestampMs() - before.timestampMs()) / 3_600_000.0;
      assertThat(Distances.km(before.location(), each.location()) / hours).isLessThan(850);
    }

    assertThat(journeys).isBetween(50, 1_000);
  }

  @Test
  void ordersOnlineFromWhereTheHolderIs() {
    assertThat(FOUR_WEEKS)
        .filteredOn(each -> each.channel() == Channel.ONLINE)
        .filteredOn(each -> each.location().city().equals(each.cardholder().homeCity()))
        .hasSizeGreaterThan(10_000)
        .allMatch(each -> each.location().latDegrees() == each.cardholder().homeLatDegrees());
  }

  @Test
  void commitsNoFraudWhenThereIsNone() {
    assertThat(Run.of(HONEST, Duration.ofDays(7)).all()).noneMatch(SimulatedTransaction::isFraud);
  }

  private double standardized(Transaction each) {
    Customer customer = customer(each);
    Merchant merchant =
        world.merchants().get(Integer.parseInt(each.acceptor().merchantId().substring(1)) - 1);
    double median =
        customer.meanAmountCents()
            * merchant.category().priceLevel()
            * merchant.priceLevel()
            * Math.exp(-customer.amountSigma() * customer.amountSigma() / 2);
    return Math.log(each.amount().doubleValue() * 100 / median) / customer.amountSigma();
  }

  private Customer customer(Transaction each) {
    int index = Integer.parseInt(each.cardholder().customerId().substring(1)) - 1;
    return world.customers().get(index, random);
  }

  private String id(int index) {
    return world.customers().get(index, random).cardholder().customerId();
  }
}
