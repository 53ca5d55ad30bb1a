package dev.flagstream.generator.report;

import static dev.flagstream.report.PlainText.text;

import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Location;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.report.Chart;
import dev.flagstream.report.Chart.Axis;
import dev.flagstream.report.Figure;
import dev.flagstream.report.HtmlReport;
import dev.flagstream.report.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Lays the page out from what was gathered of a range of transactions. */
final class SimulationReport {

  private static final int MAP_HEIGHT_PX = 460;
  private static final int FRAUD_SIZE_PX = 11;
  private static final int HOME_SIZE_PX = 18;
  private static final double PERCENT = 100;
  private static final String HONEST_COLOR = "#4c78a8";
  private static final String FRAUD_COLOR = "#e4572e";
  private static final String HOME_COLOR = "#54a24b";

  /** Half the side of the square that counts as around home. */
  private static final double AROUND_HOME_DEGREES = 0.25;

  private static final List<FraudScenario> MAPPED =
      List.of(FraudScenario.IMPOSSIBLE_TRAVEL, FraudScenario.COMPROMISED_MERCHANT);

  private final SimulationStatistics statistics;
  private final Map<String, List<SimulatedTransaction>> byCard;
  private final Map<FraudScenario, String> examples;

  /**
   * A report.
   *
   * @param byCard all transactions of each example card, in event-time order
   */
  SimulationReport(
      SimulationStatistics statistics,
      Map<FraudScenario, String> examples,
      Map<String, List<SimulatedTransaction>> byCard) {
    this.statistics = statistics;
    this.examples = examples;
    this.byCard = byCard;
  }

  HtmlReport page(String description, Instant from, Instant to) {
    HtmlReport page =
        HtmlReport.titled("What the simulation makes")
            .text(description)
            .text(
                text(
                    "From %s to %s: %,d transactions of %,d customers with %,d cards, of which %,d"
                        + " (%.2f %%) are frauds. Times are UTC.",
                    from,
                    to,
                    statistics.transactions(),
                    statistics.customers(),
                    statistics.cards(),
                    statistics.frauds(),
                    PERCENT * statistics.frauds() / Math.max(1, statistics.transactions())));
    page.section("Amounts and hours").figures(List.of(amounts(), hours()));
    page.section("Where cards are used")
        .figures(
            List.of(
                shares("merchant category", statistics.categories()),
                shares("channel", statistics.channels())));
    page.section("Frauds by scenario")
        .figure(scenarioBars())
        .table("Every fraud belongs to one scenario.", scenarioTable());
    page.section("A card's month")
        .text(
            "One card for each scenario: what its holder pays, and what the fraud adds. Hover over a"
                + " point for its values.")
        .figures(examples.entrySet().stream().map(e -> month(e.getKey(), e.getValue())).toList());
    page.section("A customer's world")
        .text("Where a card was used, and where its holder lives: around home, and all of it.");
    MAPPED.stream()
        .filter(examples::containsKey)
        .forEach(scenario -> page.figures(worlds(scenario, examples.get(scenario))));
    return page;
  }

  private Figure amounts() {
    int last =
        IntStream.range(0, SimulationStatistics.AMOUNT_BINS)
            .filter(bin -> statistics.amounts().honest(bin) + statistics.amounts().fraud(bin) > 0)
            .max()
            .orElse(0);
    double[] from =
        IntStream.rangeClosed(0, last).mapToDouble(SimulationStatistics::lowestAmountOf).toArray();
    return Chart.of(Axis.logarithmic("amount"), Axis.number("share of its kind"))
        .colors(HONEST_COLOR, FRAUD_COLOR)
        .line("honest", from, firstOf(statistics.amounts().honestShares(), from.length))
        .line("fraud", from, firstOf(statistics.amounts().fraudShares(), from.length))
        .figure("Amounts, on a logarithmic scale: small frauds hide among the honest ones.");
  }

  private static double[] firstOf(double[] values, int count) {
    return Arrays.copyOf(values, count);
  }

  private Figure hours() {
    return Chart.of(
            Axis.categories(
                "hour",
                IntStream.range(0, SimulationStatistics.HOURS)
                    .mapToObj(Integer::toString)
                    .toList()),
            Axis.number("share of its kind"))
        .colors(HONEST_COLOR, FRAUD_COLOR)
        .bars("honest", statistics.hours().honestShares())
        .bars("fraud", statistics.hours().fraudShares())
        .figure("Hours of the day.");
  }

  private static Figure shares(String what, Map<String, Tally> tallies) {
    double honest = sum(tallies, tally -> tally.honest(0));
    double fraud = sum(tallies, tally -> tally.fraud(0));
    return Chart.of(
            Axis.number("share of its kind"), Axis.categories("", List.copyOf(tallies.keySet())))
        .colors(HONEST_COLOR, FRAUD_COLOR)
        .bars("honest", each(tallies, tally -> tally.honest(0) / honest))
        .bars("fraud", each(tallies, tally -> tally.fraud(0) / fraud))
        .figure("By " + what + ".");
  }

  private static double sum(Map<String, Tally> tallies, ToDoubleFunction<Tally> number) {
    return Math.max(1, tallies.values().stream().mapToDouble(number).sum());
  }

  private static double[] each(Map<String, Tally> tallies, ToDoubleFunction<Tally> number) {
    return tallies.values().stream().mapToDouble(number).toArray();
  }

  private Figure scenarioBars() {
    return Chart.of(
            Axis.number("frauds"),
            Axis.categories(
                "", statistics.scenarios().keySet().stream().map(FraudScenario::label).toList()))
        .colors(FRAUD_COLOR)
        .bars(
            "frauds",
            statistics.scenarios().values().stream()
                .mapToDouble(ScenarioTotals::transactions)
                .toArray())
        .figure("How many frauds each scenario made.");
  }

  private Table scenarioTable() {
    List<List<String>> rows = new ArrayList<>();
    statistics
        .scenarios()
        .forEach(
            (scenario, totals) ->
                rows.add(
                    List.of(
                        scenario.label(),
                        text("%,d", totals.transactions()),
                        text(
                            "%.3f %%", PERCENT * totals.transactions() / statistics.transactions()),
                        text("%,d", totals.cards()),
                        text("%,d", totals.merchants()),
                        text("%,.2f", totals.amount()))));
    return new Table(
        List.of("scenario", "frauds", "of all transactions", "cards", "merchants", "amount"), rows);
  }

  private Figure month(FraudScenario scenario, String card) {
    List<SimulatedTransaction> transactions = byCard.get(card);
    Chart chart = Chart.of(Axis.time(""), Axis.logarithmic("amount"));
    ToDoubleFunction<SimulatedTransaction> time = each -> each.transaction().timestampMs();
    ToDoubleFunction<SimulatedTransaction> amount =
        each -> each.transaction().amount().doubleValue();
    Predicate<SimulatedTransaction> fraud = SimulatedTransaction::isFraud;
    return chart
        .colors(HONEST_COLOR, FRAUD_COLOR)
        .scatter(
            "honest",
            numbers(transactions, fraud.negate(), time),
            numbers(transactions, fraud.negate(), amount))
        .scatter(
            "fraud",
            numbers(transactions, fraud, time),
            numbers(transactions, fraud, amount),
            FRAUD_SIZE_PX)
        .figure(scenario.label() + ", " + masked(card));
  }

  private List<Figure> worlds(FraudScenario scenario, String card) {
    Cardholder holder = byCard.get(card).get(0).transaction().cardholder();
    List<SimulatedTransaction> located =
        byCard.get(card).stream().filter(each -> each.transaction().location() != null).toList();
    List<SimulatedTransaction> aroundHome =
        located.stream().filter(each -> isAroundHome(each.transaction())).toList();
    String caption =
        scenario.label()
            + ", "
            + masked(card)
            + (holder.homeCity() == null ? "" : ", of " + holder.homeCity());
    return List.of(
        world(caption + ": around home", holder, aroundHome),
        world(caption + ": everywhere", holder, located));
  }

  private static boolean isAroundHome(Transaction transaction) {
    Cardholder holder = transaction.cardholder();
    Location location = transaction.location();
    return Math.abs(location.latDegrees() - holder.homeLatDegrees()) < AROUND_HOME_DEGREES
        && Math.abs(location.lonDegrees() - holder.homeLonDegrees()) < AROUND_HOME_DEGREES;
  }

  private static Figure world(
      String caption, Cardholder holder, List<SimulatedTransaction> located) {
    Predicate<SimulatedTransaction> fraud = SimulatedTransaction::isFraud;
    return Chart.of(Axis.number("longitude"), Axis.number("latitude"))
        .heightPx(MAP_HEIGHT_PX)
        .colors(HOME_COLOR, HONEST_COLOR, FRAUD_COLOR)
        .scatter(
            "home",
            new double[] {holder.homeLonDegrees()},
            new double[] {holder.homeLatDegrees()},
            HOME_SIZE_PX)
        .scatter(
            "honest",
            places(located, fraud.negate(), Location::lonDegrees),
            places(located, fraud.negate(), Location::latDegrees))
        .scatter(
            "fraud",
            places(located, fraud, Location::lonDegrees),
            places(located, fraud, Location::latDegrees),
            FRAUD_SIZE_PX)
        .figure(caption);
  }

  private static double[] places(
      List<SimulatedTransaction> transactions,
      Predicate<SimulatedTransaction> which,
      ToDoubleFunction<Location> number) {
    return numbers(
        transactions, which, each -> number.applyAsDouble(each.transaction().location()));
  }

  private static double[] numbers(
      List<SimulatedTransaction> transactions,
      Predicate<SimulatedTransaction> which,
      ToDoubleFunction<SimulatedTransaction> number) {
    return transactions.stream().filter(which).mapToDouble(number).toArray();
  }

  /** The simulation's numbers belong to nobody; even so, none is shown. */
  private static String masked(String card) {
    return "card …" + card.substring(card.length() - 4);
  }
}
