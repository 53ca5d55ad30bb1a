package dev.flagstream.generator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.generator.population.RandomStream;
import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.population.World;
import dev.flagstream.generator.transaction.Channel;
import dev.flagstream.generator.transaction.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Recognises each fraud by its own signal, and counts them. */
class FraudScenariosTest {

  private static final long SEED = 7;
  private static final int CUSTOMERS = 4_000;
  private static final long MS_PER_MINUTE = 60_000;
  private static final long MS_PER_HOUR = 60 * MS_PER_MINUTE;
  private static final long MS_PER_DAY = 24 * MS_PER_HOUR;

  private final World world = World.create(new Seed(SEED), CUSTOMERS, 2_000);
  private final RandomStream random = new RandomStream();

  @Test
  void highAmountIsATenfoldOfWhatTheHolderUsuallySpends() {
    Run run = only(FraudScenario.HIGH_AMOUNT, 20);

    assertThat(run.frauds(FraudScenario.HIGH_AMOUNT))
        .hasSizeGreaterThan(100)
        .allSatisfy(
            each -> {
              assertThat(each.amount().doubleValue()).isGreaterThanOrEqualTo(300);
              assertThat(timesUsual(each)).isGreaterThan(9.99);
            });
    assertThat(run.honest()).filteredOn(each -> timesUsual(each) > 40).hasSizeLessThan(50);
  }

  @Test
  void compromisedMerchantDefraudsHalfOfManyCardsForWeeks() {
    Run run = only(FraudScenario.COMPROMISED_MERCHANT, 90);
    Map<String, List<SimulatedTransaction>> byMerchant =
        run.all().stream()
            .collect(Collectors.groupingBy(each -> each.transaction().acceptor().merchantId()));
    int frauds = 0;
    int during = 0;
    int cards = 0;
    for (List<SimulatedTransaction> transactions : byMerchant.values()) {
      List<SimulatedTransaction> fraudulent =
          transactions.stream().filter(SimulatedTransaction::isFraud).toList();
      if (fraudulent.size() < 10) {
        continue;
      }
      long firstMs = fraudulent.get(0).transaction().timestampMs();
      long lastMs = fraudulent.get(fraudulent.size() - 1).transaction().timestampMs();
      if (lastMs - firstMs > 28 * MS_PER_DAY) {
        // Struck again in the next span.
        continue;
      }
      frauds += fraudulent.size();
      during +=
          (int)
              transactions.stream()
                  .filter(each -> each.transaction().timestampMs() >= firstMs)
                  .filter(each -> each.transaction().timestampMs() <= lastMs)
                  .count();
      cards +=
          new HashSet<>(fraudulent.stream().map(each -> each.transaction().cardNumber()).toList())
              .size();
    }

    assertThat(frauds).isGreaterThan(1_000);
    assertThat(frauds / (double) during).isCloseTo(0.5, within(0.06));
    assertThat(cards / (double) frauds).isGreaterThan(0.5);
    double markup =
        meanOfLogarithm(run.frauds(FraudScenario.COMPROMISED_MERCHANT))
            - meanOfLogarithm(
                run.honest().stream()
                    .filter(each -> each.channel() != Channel.ONLINE)
                    .filter(each -> each.channel() != Channel.ATM)
                    .toList());
    // The mean logarithm of a uniform number from 1.1 to 1.8.
    assertThat(markup).isCloseTo(0.36, within(0.1));
  }

  @Test
  void accountTakeoverOrdersOnlineForDaysAndSeveralTimesTheUsualAmount() {
    Run run = only(FraudScenario.ACCOUNT_TAKEOVER, 20);

    List<Transaction> frauds = run.frauds(FraudScenario.ACCOUNT_TAKEOVER);
    assertThat(frauds)
        .hasSizeGreaterThan(500)
        .allSatisfy(
            each -> {
              assertThat(each.channel()).isEqualTo(Channel.ONLINE);
              assertThat(timesUsual(each)).isBetween(2.99, 8.01);
            });
    Map<String, List<Transaction>> byCard = byCard(frauds);
    double perCard = frauds.size() / (double) byCard.size();
    assertThat(perCard).isBetween(4.5, 9.0);
    long away =
        frauds.stream()
            .filter(each -> !each.location().city().equals(each.cardholder().homeCity()))
            .count();
    assertThat(away / (double) frauds.size()).isCloseTo(0.6, within(0.1));
  }

  @Test
  void cardTestingIsABurstOfTinyAmountsAndThenALargeOne() {
    Run run = only(FraudScenario.CARD_TESTING, 20);

    List<List<Transaction>> bursts =
        bursts(run.frauds(FraudScenario.CARD_TESTING), 21 * MS_PER_MINUTE);
    assertThat(bursts)
        .hasSizeGreaterThan(60)
        .allSatisfy(
            burst -> {
              Transaction large = burst.get(burst.size() - 1);
              List<Transaction> probes = burst.subList(0, burst.size() - 1);
              assertThat(probes.size()).isBetween(4, 9);
              assertThat(probes)
                  .allMatch(each -> each.amount().doubleValue() <= 3)
                  .extracting(each -> each.acceptor().merchantId())
                  .containsOnly(probes.get(0).acceptor().merchantId());
              assertThat(probes.get(probes.size() - 1).timestampMs() - probes.get(0).timestampMs())
                  .isLessThanOrEqualTo(8 * MS_PER_MINUTE);
              assertThat(large.amount().doubleValue()).isGreaterThanOrEqualTo(200);
              assertThat(timesUsual(large)).isGreaterThan(5.99);
            });
  }

  @Test
  void impossibleTravelIsFasterThanAnyPlane() {
    Run run = only(FraudScenario.IMPOSSIBLE_TRAVEL, 20);
    int journeys = 0;
    for (List<SimulatedTransaction> ofCard : run.byCard().values()) {
      for (int i = 1; i < ofCard.size(); i++) {
        if (ofCard.get(i).isFraud() && !ofCard.get(i - 1).isFraud()) {
          Transaction here = ofCard.get(i - 1).transaction();
          Transaction there = ofCard.get(i).transaction();
          double hours = (there.timestampMs() - here.timestampMs()) / (double) MS_PER_HOUR;
          double km = Distances.km(here.location(), there.location());
          assertThat(hours).isLessThanOrEqualTo(1.001);
          // Abroad the holder may travel to where the copy is used next; the first use is far.
          assertThat(km).isGreaterThan(1_900);
          assertThat(km / hours).isGreaterThan(1_000);
          journeys++;
        }
      }
    }

    assertThat(journeys).isGreaterThan(100);
  }

  @Test
  void cashOutTakesRoundAmountsFromCashMachinesByNight() {
    Run run = only(FraudScenario.ATM_CASH_OUT, 30);

    List<List<Transaction>> bursts =
        bursts(run.frauds(FraudScenario.ATM_CASH_OUT), 13 * MS_PER_MINUTE);
    assertThat(bursts)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            burst -> {
              assertThat(burst.size()).isBetween(3, 8);
              assertThat(burst.get(0).timestampMs() % MS_PER_DAY).isLessThan(4 * MS_PER_HOUR);
              assertThat(burst)
                  .allMatch(each -> each.channel() == Channel.ATM)
                  .allMatch(each -> each.acceptor().mcc().equals("6011"))
                  .allMatch(each -> each.amount().doubleValue() % 20 == 0)
                  .allMatch(each -> each.amount().doubleValue() >= 200)
                  .allMatch(each -> each.amount().doubleValue() <= 500);
            });
  }

  @Test
  void bustOutGrowsInNumberAndAmountForTenDays() {
    Run run = only(FraudScenario.BUST_OUT, 40);
    int early = 0;
    int late = 0;
    double earlyTimes = 0;
    double lateTimes = 0;
    int campaigns = 0;
    for (List<Transaction> ofCard : byCard(run.frauds(FraudScenario.BUST_OUT)).values()) {
      long lastDay = ofCard.get(ofCard.size() - 1).timestampMs() / MS_PER_DAY;
      long firstDay = ofCard.get(0).timestampMs() / MS_PER_DAY;
      if (lastDay - firstDay >= 10 || ofCard.size() < 15) {
        // Of two campaigns, or cut by the range.
        continue;
      }
      campaigns++;
      for (Transaction each : ofCard) {
        if (each.timestampMs() / MS_PER_DAY > lastDay - 3) {
          late++;
          lateTimes += timesUsual(each);
        } else if (each.timestampMs() / MS_PER_DAY <= lastDay - 7) {
          early++;
          earlyTimes += timesUsual(each);
        }
      }
    }

    assertThat(campaigns).isGreaterThan(40);
    assertThat(late).isGreaterThan(3 * early);
    assertThat(lateTimes / late).isGreaterThan(1.8 * earlyTimes / early);
  }

  /**
   * A burst or campaign makes n frauds at once, so the count of frauds varies as that of n times
   * fewer events would: relative deviation sqrt(E[n²] / E[n] / frauds). Four of them are allowed.
   */
  @Test
  void keepsTheConfiguredShareOfEveryScenario() {
    Map<FraudScenario, Double> cluster = new EnumMap<>(FraudScenario.class);
    cluster.put(FraudScenario.HIGH_AMOUNT, 1.0);
    cluster.put(FraudScenario.COMPROMISED_MERCHANT, 10.0);
    cluster.put(FraudScenario.ACCOUNT_TAKEOVER, 7.0);
    cluster.put(FraudScenario.CARD_TESTING, 8.0);
    cluster.put(FraudScenario.IMPOSSIBLE_TRAVEL, 2.4);
    cluster.put(FraudScenario.ATM_CASH_OUT, 6.1);
    cluster.put(FraudScenario.BUST_OUT, 31.0);
    FraudScenarios frauds = FraudScenarios.DEFAULT.times(4);
    Iterator<SimulatedTransaction> simulated =
        Simulation.of(SimulationParameters.ofCustomers(SEED, 10_000).withFrauds(frauds))
            .from(Run.MONDAY);
    long endMs = Run.MONDAY.plus(Duration.ofDays(56)).toEpochMilli();
    Map<FraudScenario, Integer> counts = new EnumMap<>(FraudScenario.class);
    int transactions = 0;
    for (SimulatedTransaction next = simulated.next();
        next.transaction().timestampMs() < endMs;
        next = simulated.next()) {
      transactions++;
      next.scenario().ifPresent(scenario -> counts.merge(scenario, 1, Integer::sum));
    }

    // All transactions together: they scatter with the frauds' bursts.
    assertThat(transactions / (10_000 * 1.9 * 56)).isCloseTo(1, within(0.01));
    for (Fraud fraud : frauds.all()) {
      double expected = fraud.share() * transactions;
      double margin = 4 * Math.sqrt(cluster.get(fraud.scenario()) / expected);
      assertThat(counts.get(fraud.scenario()) / expected)
          .as(fraud.scenario().label())
          .isCloseTo(1, within(margin));
    }
  }

  @Test
  void staysBelowOnePercentByDefault() {
    assertThat(FraudScenarios.DEFAULT.share()).isBetween(0.006, 0.008);
    assertThat(FraudScenarios.NONE.share()).isZero();
    Run run = Run.of(SimulationParameters.ofCustomers(SEED, CUSTOMERS), Duration.ofDays(21));
    long frauds = run.all().stream().filter(SimulatedTransaction::isFraud).count();
    assertThat(frauds / (double) run.all().size()).isBetween(0.005, 0.01);
  }

  @Test
  void refusesScenariosThatCannotBe() {
    assertThatThrownBy(() -> FraudScenarios.DEFAULT.withShare(FraudScenario.BUST_OUT, -0.1))
        .hasMessage("fraud scenario bust_out: the share must be 0 to 0.25, not -0.1");
    assertThatThrownBy(() -> FraudScenarios.DEFAULT.times(100))
        .hasMessageContaining("fraud scenario");
    assertThatThrownBy(() -> FraudScenarios.DEFAULT.times(80))
        .hasMessageContaining("the shares of the fraud scenarios must make at most 0.5");
    assertThatThrownBy(() -> new Range(3, 2)).hasMessage("no range: from 3.0 to 2.0");
    assertThatThrownBy(
            () ->
                new ImpossibleTravel(
                    0.1,
                    500,
                    new Range(10, 60),
                    new Range(1, 3),
                    new Range(5, 30),
                    new Range(2, 6)))
        .hasMessageContaining("the distance must be impossible at 1,000 km/h in 60.0 minutes");
    assertThatThrownBy(
            () ->
                new AtmCashOut(
                    0.1,
                    new Range(2, 2),
                    new Range(3, 8),
                    new Range(2, 12),
                    new Range(200, 500),
                    0.5))
        .hasMessageContaining("the hours must span a quarter of an hour");
    assertThatThrownBy(
            () ->
                Simulation.of(
                    SimulationParameters.ofCustomers(1, 100)
                        .withFrauds(
                            FraudScenarios.NONE.withShare(
                                FraudScenario.COMPROMISED_MERCHANT, 0.25))))
        .hasMessageContaining("compromised_merchant: there are not enough merchants");
  }

  /** One kind of fraud alone, ten times as often as usual. */
  private static Run only(FraudScenario scenario, int days) {
    double usual =
        FraudScenarios.DEFAULT.all().stream()
            .filter(fraud -> fraud.scenario() == scenario)
            .mapToDouble(Fraud::share)
            .sum();
    return Run.of(
        SimulationParameters.ofCustomers(SEED, CUSTOMERS / 2)
            .withMerchants(2_000)
            .withFrauds(FraudScenarios.NONE.withShare(scenario, 10 * usual)),
        Duration.ofDays(days));
  }

  private double timesUsual(Transaction transaction) {
    int index = Integer.parseInt(transaction.cardholder().customerId().substring(1)) - 1;
    return transaction.amount().doubleValue()
        * 100
        / world.customers().get(index, random).meanAmountCents();
  }

  private static double meanOfLogarithm(List<Transaction> transactions) {
    return transactions.stream()
        .mapToDouble(each -> Math.log(each.amount().doubleValue()))
        .average()
        .orElseThrow();
  }

  private static Map<String, List<Transaction>> byCard(List<Transaction> transactions) {
    return transactions.stream().collect(Collectors.groupingBy(Transaction::cardNumber));
  }

  /** A card's transactions that follow one another within a gap. */
  private static List<List<Transaction>> bursts(List<Transaction> frauds, long maxGapMs) {
    List<List<Transaction>> bursts = new ArrayList<>();
    Map<String, List<Transaction>> open = new HashMap<>();
    for (Transaction each : frauds) {
      List<Transaction> burst = open.get(each.cardNumber());
      if (burst == null
          || each.timestampMs() - burst.get(burst.size() - 1).timestampMs() > maxGapMs) {
        burst = new ArrayList<>();
        open.put(each.cardNumber(), burst);
        bursts.add(burst);
      }
      burst.add(each);
    }
    return bursts;
  }
}
