package dev.flagstream.generator.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.flagstream.generator.transaction.Transaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardSimulationTest {

  private static final SimulationParameters SMALL =
      SimulationParameters.ofCustomers(42, 2_000).withMerchants(2_000);

  /** So many frauds that every kind is under way at any time. */
  private static final SimulationParameters CRIMINAL =
      SMALL.withFrauds(FraudScenarios.DEFAULT.times(20));

  /**
   * The transactions of a day of seed 42 and their truth, hashed. Whoever changes them on purpose
   * breaks every repeated run that somebody relies on, raises the version in RunId, and says so in
   * the changelog.
   */
  private static final String KNOWN_DIGEST =
      "4b67d721a4b703fe965130f194ed3abd6de295688e94c222d1e0373148d7bb8c";

  @Test
  void givesTheSameBytesForTheSameSeedOnEveryMachine() {
    assertThat(Run.of(CRIMINAL, Duration.ofDays(1)).digest()).isEqualTo(KNOWN_DIGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "tr-TR", "ar-EG", "hi-IN-u-nu-deva"})
  void doesNotDependOnTheLocale(String languageTag) {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(languageTag));

      Run run = Run.of(CRIMINAL, Duration.ofDays(1));

      assertThat(run.digest()).isEqualTo(KNOWN_DIGEST);
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, EVEN",
    "1, DAY_AND_NIGHT",
    "59999, EVEN",
    "60000, DAY_AND_NIGHT",
    "10000000, DAY_AND_NIGHT",
    "86399999, EVEN",
    "100000001, DAY_AND_NIGHT",
    "220000123, DAY_AND_NIGHT"
  })
  void doesNotDependOnWhereOneBeginsToLook(long laterMs, Rhythm rhythm) {
    Simulation simulation = Simulation.of(CRIMINAL.withRhythm(rhythm));
    Run whole = Run.of(simulation, Run.MONDAY, Duration.ofDays(3));
    Instant later = Run.MONDAY.plusMillis(laterMs);

    Run rest = Run.of(simulation, later, Duration.ofDays(3).minusMillis(laterMs));

    List<String> expected =
        new Run(
                whole.all().stream()
                    .filter(each -> each.transaction().timestampMs() >= later.toEpochMilli())
                    .toList())
            .lines();
    assertThat(rest.lines()).isEqualTo(expected).isNotEmpty();
  }

  @Test
  void letsSeveralReadersLookAtOnce() {
    Simulation simulation = Simulation.of(CRIMINAL);
    Iterator<SimulatedTransaction> one = simulation.from(Run.MONDAY);
    Iterator<SimulatedTransaction> other = simulation.from(Run.MONDAY);

    for (int i = 0; i < 5_000; i++) {
      assertThat(one.next()).isEqualTo(other.next());
    }
  }

  @Test
  void goesBackBeforeTheEpoch() {
    Run run =
        Run.of(Simulation.of(SMALL), Instant.parse("1969-12-31T12:00:00Z"), Duration.ofDays(1));

    assertThat(run.transactions()).extracting(Transaction::timestampMs).isSorted();
    assertThat(run.transactions())
        .extracting(Transaction::transactionId)
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(2_000);
  }

  @Test
  void givesOtherTransactionsForAnotherSeed() {
    SimulationParameters otherSeed =
        SimulationParameters.ofCustomers(43, 2_000).withMerchants(2_000);
    List<Transaction> one = Run.of(SMALL, Duration.ofHours(6)).transactions();
    List<Transaction> other = Run.of(otherSeed, Duration.ofHours(6)).transactions();

    assertThat(one)
        .extracting(Transaction::cardNumber)
        .doesNotContainAnyElementsOf(other.stream().map(Transaction::cardNumber).toList());
    assertThat(one).hasSizeBetween(other.size() / 2, other.size() * 2);
  }

  @Test
  void namesAnotherWorldByAnotherRunId() {
    Set<String> runIds = new HashSet<>();
    List<SimulationParameters> worlds =
        List.of(
            SMALL,
            SimulationParameters.ofCustomers(43, 2_000).withMerchants(2_000),
            SMALL.withCustomers(2_001),
            SMALL.withMerchants(2_001),
            SMALL.withRhythm(Rhythm.EVEN),
            SimulationParameters.atRate(42, 0.05).withCustomers(2_000).withMerchants(2_000),
            CRIMINAL,
            SMALL.withFrauds(
                FraudScenarios.DEFAULT.with(
                    new AccountTakeover(0.0012, 4, 6, new Range(3, 8), 0.4))));
    for (SimulationParameters world : worlds) {
      runIds.add(Simulation.of(world).runId());
    }

    assertThat(runIds).hasSize(worlds.size()).allMatch(id -> id.matches("[0-9a-f]{8}"));
    assertThat(Simulation.of(SMALL).runId()).isEqualTo(Simulation.of(SMALL).runId());
  }

  @Test
  void givesEveryTransactionAnIdOfItsOwnThatBeginsWithTheRun() {
    Simulation simulation = Simulation.of(CRIMINAL);

    Run run = Run.of(simulation, Run.MONDAY, Duration.ofDays(10));

    assertThat(run.transactions())
        .extracting(Transaction::transactionId)
        .doesNotHaveDuplicates()
        .allMatch(id -> id.startsWith(simulation.runId() + "-"));
  }

  @Test
  void keepsTheOrderOfEventTime() {
    assertThat(Run.of(CRIMINAL, Duration.ofDays(10)).transactions())
        .extracting(Transaction::timestampMs)
        .isSorted();
  }

  @Test
  void takesAsManyCustomersAsARateNeeds() {
    SimulationParameters parameters = SimulationParameters.atRate(7, 1_000);

    assertThat(parameters.customers()).isEqualTo(45_473_684);
    List<Transaction> tenMinutes =
        Run.of(parameters.withRhythm(Rhythm.EVEN), Duration.ofMinutes(10)).honest();
    // 600,000 arrivals scatter by 775; this allows four times that, and the frauds' share.
    assertThat(tenMinutes.size() / 600.0).isCloseTo(1_000, within(15.0));
    // A card that pays every half day or so hardly ever pays twice in ten minutes.
    long cards = tenMinutes.stream().map(Transaction::cardNumber).distinct().count();
    assertThat(cards / (double) tenMinutes.size()).isGreaterThan(0.97);
  }

  @Test
  void letsFewCustomersPayMoreOftenIfTheRateAsksForIt() {
    SimulationParameters parameters =
        SimulationParameters.atRate(7, 100).withCustomers(50).withRhythm(Rhythm.EVEN);

    Run run = Run.of(parameters, Duration.ofMinutes(10));

    assertThat(run.all().size() / 600.0).isCloseTo(100, within(4.0));
  }

  @Test
  void keepsMoneyExactToTheCent() {
    assertThat(Run.of(CRIMINAL, Duration.ofDays(5)).transactions())
        .allSatisfy(
            transaction -> {
              assertThat(transaction.amount().scale()).isEqualTo(2);
              assertThat(transaction.amount()).isGreaterThanOrEqualTo(new BigDecimal("0.50"));
              assertThat(transaction.amount()).isLessThan(new BigDecimal("100000000"));
            });
  }

  @Test
  void worksWithASingleCustomer() {
    Run run = Run.of(SMALL.withCustomers(1), Duration.ofDays(1));

    assertThat(run.transactions())
        .hasSizeGreaterThan(1_000)
        .extracting(transaction -> transaction.cardholder().customerId())
        .containsOnly("C000001");
  }

  @Test
  void refusesWorldsThatCannotBe() {
    assertThatThrownBy(() -> SimulationParameters.ofCustomers(1, 0))
        .hasMessage("the number of customers must be 1 to 1000000000, not 0");
    assertThatThrownBy(() -> SMALL.withMerchants(1_000_001))
        .hasMessage("the number of merchants must be 1 to 1000000, not 1000001");
    assertThatThrownBy(() -> SimulationParameters.atRate(1, 0))
        .hasMessage(
            "the rate must be above 0 and at most 10,000,000 transactions per second, not 0.0");
    assertThatThrownBy(() -> Simulation.of(SMALL.withMerchants(100)))
        .hasMessageContaining("the number of merchants must be at least 1")
        .hasMessageContaining("so that every city has each kind, not 100");
  }
}
