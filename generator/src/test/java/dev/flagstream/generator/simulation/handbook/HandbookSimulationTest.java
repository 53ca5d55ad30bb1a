package dev.flagstream.generator.simulation.handbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.generator.population.Seed;
import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HandbookSimulationTest {

  private static final Instant START = HandbookParameters.START;

  private final Simulation simulation = new HandbookSimulation(new HandbookParameters(42));

  /**
   * The margins are four standard deviations of a seed: of the customers' rates for the counts, of
   * the compromised terminals' and customers' rates for the frauds.
   */
  @Test
  void countsWhatTheConstantsMakeOneExpect() {
    HandbookExpectation expected = HandbookExpectation.of(HandbookParameters.DAYS);
    Set<String> customers = new HashSet<>();
    Map<FraudScenario, Integer> frauds = new EnumMap<>(FraudScenario.class);
    int transactions = 0;
    Iterator<SimulatedTransaction> simulated = simulation.from(START);
    long endMs = START.plus(Duration.ofDays(HandbookParameters.DAYS)).toEpochMilli();
    for (SimulatedTransaction next = simulated.next();
        next.transaction().timestampMs() < endMs;
        next = simulated.next()) {
      transactions++;
      customers.add(next.transaction().cardholder().customerId());
      next.scenario().ifPresent(scenario -> frauds.merge(scenario, 1, Integer::sum));
    }

    assertThat((double) customers.size()).isCloseTo(expected.customers(), within(11.0));
    assertThat(transactions / expected.transactions()).isCloseTo(1, within(0.033));
    assertThat(frauds)
        .containsOnlyKeys(
            FraudScenario.HIGH_AMOUNT,
            FraudScenario.COMPROMISED_MERCHANT,
            FraudScenario.ACCOUNT_TAKEOVER);
    assertThat(frauds.get(FraudScenario.HIGH_AMOUNT) / expected.highAmount())
        .isCloseTo(1, within(0.4));
    assertThat(frauds.get(FraudScenario.COMPROMISED_MERCHANT) / expected.compromisedTerminal())
        .isCloseTo(1, within(0.1));
    assertThat(frauds.get(FraudScenario.ACCOUNT_TAKEOVER) / expected.takeover())
        .isCloseTo(1, within(0.12));
  }

  /** The published data are one seed of the same constants. */
  @Test
  void expectsWhatWasPublished() {
    HandbookExpectation expected = HandbookExpectation.of(183);

    assertThat(4_990).isCloseTo((int) expected.customers(), within(11));
    assertThat(1_754_155 / expected.transactions()).isCloseTo(1, within(0.033));
    assertThat(973 / expected.highAmount()).isCloseTo(1, within(0.4));
    assertThat(9_077 / expected.compromisedTerminal()).isCloseTo(1, within(0.1));
    assertThat(4_631 / expected.takeover()).isCloseTo(1, within(0.12));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 3_600, 86_399, 86_400, 1_555_201, 3_000_000})
  void doesNotDependOnWhereOneBeginsToLook(long laterSeconds) {
    Instant later = START.plusSeconds(laterSeconds);
    Iterator<SimulatedTransaction> whole = simulation.from(START);
    SimulatedTransaction first = whole.next();
    while (first.transaction().timestampMs() < later.toEpochMilli()) {
      first = whole.next();
    }

    Iterator<SimulatedTransaction> rest = simulation.from(later);

    assertThat(rest.next()).isEqualTo(first);
    for (int i = 0; i < 12_000; i++) {
      assertThat(rest.next()).isEqualTo(whole.next());
    }
  }

  @Test
  void beginsOnTheFirstOfAprilHoweverEarlyOneLooks() {
    SimulatedTransaction first = simulation.from(Instant.EPOCH).next();

    assertThat(first).isEqualTo(simulation.from(START).next());
    assertThat(first.transaction().timestampMs())
        .isBetween(START.toEpochMilli() + 1, START.plusSeconds(3_600).toEpochMilli());
  }

  @Test
  void ordersIdsAndTimes() {
    List<Transaction> tenDays =
        range(START, 10).stream().map(SimulatedTransaction::transaction).toList();

    assertThat(tenDays).extracting(Transaction::timestampMs).isSorted();
    assertThat(tenDays)
        .extracting(Transaction::transactionId)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.startsWith(simulation.runId() + "-"));
    assertThat(simulation.runId())
        .isNotEqualTo(new HandbookSimulation(new HandbookParameters(43)).runId());
  }

  @Test
  void usesOneCardForACustomerAndTerminalsWithinTheRadius() {
    Map<String, String> cards = new HashMap<>();
    for (SimulatedTransaction simulated : range(START, 20)) {
      Transaction transaction = simulated.transaction();
      String customer = transaction.cardholder().customerId();
      assertThat(cards.computeIfAbsent(customer, any -> transaction.cardNumber()))
          .isEqualTo(transaction.cardNumber());
      double lat = transaction.location().latDegrees() - transaction.cardholder().homeLatDegrees();
      double lon = transaction.location().lonDegrees() - transaction.cardholder().homeLonDegrees();
      assertThat(Math.hypot(lat, lon)).isLessThan(0.05);
      assertThat(transaction.acceptor().merchantId()).matches("T[0-9]{5}");
      assertThat(customer).matches("C[0-9]{4}");
    }
    assertThat(new HashSet<>(cards.values())).hasSize(cards.size());
  }

  @Test
  void letsACustomerReachSeventyFiveTerminalsOnAverage() {
    HandbookWorld world = new HandbookWorld(new Seed(42));
    double sum = 0;
    for (int i = 0; i < HandbookParameters.CUSTOMERS; i++) {
      sum += world.terminalsInReach(i).length;
    }

    assertThat(sum / HandbookParameters.CUSTOMERS).isCloseTo(75, within(1.5));
  }

  @Test
  void spreadsTheSecondsOfADayNormally() {
    double[] seconds =
        range(START, 2).stream()
            .mapToDouble(each -> each.transaction().timestampMs() / 1_000 % 86_400 + 0.5)
            .map(second -> (second - 43_200) / 20_000)
            .toArray();
    NormalDistribution normal = new NormalDistribution();
    double low = normal.cumulativeProbability(-2.16);
    double high = normal.cumulativeProbability(2.16);
    // The normal distribution, cut at both ends of the day.
    double[] uniform = new double[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      uniform[i] = (normal.cumulativeProbability(seconds[i]) - low) / (high - low);
    }

    assertThat(
            new KolmogorovSmirnovTest()
                .kolmogorovSmirnovTest(new UniformRealDistribution(), uniform))
        .isGreaterThan(0.001);
  }

  @Test
  void commitsEachFraudAsTheHandbookSays() {
    List<SimulatedTransaction> days = range(START, 60);
    Map<String, List<SimulatedTransaction>> byTerminal =
        days.stream()
            .collect(Collectors.groupingBy(each -> each.transaction().acceptor().merchantId()));
    int highAmounts = 0;
    for (SimulatedTransaction each : days) {
      boolean high = each.transaction().amount().compareTo(new BigDecimal("220")) > 0;
      assertThat(high && !each.isFraud()).isFalse();
      if (each.scenario().filter(FraudScenario.HIGH_AMOUNT::equals).isPresent()) {
        assertThat(high).isTrue();
        highAmounts++;
      }
    }
    assertThat(highAmounts).isPositive();
    // Whatever happens at a compromised terminal from the first to the last day is fraudulent, if
    // it was struck once only.
    int struckOnce = 0;
    for (List<SimulatedTransaction> transactions : byTerminal.values()) {
      List<Long> fraudDays =
          transactions.stream()
              .filter(
                  each ->
                      each.scenario()
                          .filter(FraudScenario.COMPROMISED_MERCHANT::equals)
                          .isPresent())
              .map(each -> each.transaction().timestampMs() / 86_400_000)
              .toList();
      if (fraudDays.isEmpty() || fraudDays.get(fraudDays.size() - 1) - fraudDays.get(0) >= 28) {
        continue;
      }
      struckOnce++;
      assertThat(transactions)
          .filteredOn(
              each -> {
                long day = each.transaction().timestampMs() / 86_400_000;
                return day >= fraudDays.get(0) && day <= fraudDays.get(fraudDays.size() - 1);
              })
          .allMatch(SimulatedTransaction::isFraud);
    }
    assertThat(struckOnce).isGreaterThan(80);
  }

  private List<SimulatedTransaction> range(Instant from, int days) {
    long endMs = from.plus(Duration.ofDays(days)).toEpochMilli();
    List<SimulatedTransaction> range = new ArrayList<>();
    Iterator<SimulatedTransaction> simulated = simulation.from(from);
    for (SimulatedTransaction next = simulated.next();
        next.transaction().timestampMs() < endMs;
        next = simulated.next()) {
      range.add(next);
    }
    return range;
  }
}
