package dev.flagstream.benchmarks.generator;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.MeasuringCommand;
import dev.flagstream.generator.simulation.Fraud;
import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.FraudScenarios;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which frauds the default profile commits, beside the shares that it was told. */
@Command(
    name = "scenario-counts",
    mixinStandardHelpOptions = true,
    description = "Which frauds the default profile commits.")
public final class ScenarioCounts implements Callable<Integer> {

  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

  private final Map<FraudScenario, Tally> frauds = new EnumMap<>(FraudScenario.class);
  private final Tally honest = new Tally();

  /** Transactions of one kind. */
  private static final class Tally {
    private int transactions;
    private double amountSum;
    private final Set<String> cards = new HashSet<>();

    void add(SimulatedTransaction simulated) {
      transactions++;
      amountSum += simulated.transaction().amount().doubleValue();
      cards.add(simulated.transaction().cardNumber());
    }
  }

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "50000",
      description = "Customers of the simulation. Default: ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "28",
      description = "How many days of them. Default: ${DEFAULT-VALUE}.")
  private int days;

  private record Line(
      String kind, String told, String share, int transactions, int cards, double meanAmount) {}

  /** Measures, prints a table and ends this JVM. */
  public static void main(String[] args) {
    MeasuringCommand.run(new ScenarioCounts(), args);
  }

  @Override
  public Integer call() {
    for (FraudScenario scenario : FraudScenario.values()) {
      frauds.put(scenario, new Tally());
    }
    count(SimulationParameters.ofCustomers(42, customers));
    System.out.println(table());
    System.out.printf(
        Locale.ROOT,
        "%,d customers, %d days from %s, seed 42%n",
        customers,
        days,
        START.toString().substring(0, 10));
    return CommandLine.ExitCode.OK;
  }

  private void count(SimulationParameters parameters) {
    long endMs = START.plus(Duration.ofDays(days)).toEpochMilli();
    Iterator<SimulatedTransaction> simulated = Simulation.of(parameters).from(START);
    for (SimulatedTransaction next = simulated.next();
        next.transaction().timestampMs() < endMs;
        next = simulated.next()) {
      next.scenario().map(frauds::get).orElse(honest).add(next);
    }
  }

  private String table() {
    int all = honest.transactions;
    for (Tally tally : frauds.values()) {
      all += tally.transactions;
    }
    List<Line> lines = new ArrayList<>();
    lines.add(line("honest", 1 - FraudScenarios.DEFAULT.share(), honest, all));
    for (Fraud fraud : FraudScenarios.DEFAULT.all()) {
      lines.add(line(fraud.scenario().label(), fraud.share(), frauds.get(fraud.scenario()), all));
    }
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        lines,
        List.of(
            new Column().header("kind").dataAlign(HorizontalAlign.LEFT).with(Line::kind),
            new Column().header("told").with(Line::told),
            new Column().header("came out").with(Line::share),
            new Column()
                .header("transactions")
                .with(line -> String.format(Locale.ROOT, "%,d", line.transactions)),
            new Column()
                .header("cards")
                .with(line -> String.format(Locale.ROOT, "%,d", line.cards)),
            new Column()
                .header("mean amount")
                .with(line -> String.format(Locale.ROOT, "%,.2f", line.meanAmount))));
  }

  private static Line line(String kind, double told, Tally tally, int all) {
    return new Line(
        kind,
        percent(told),
        percent(tally.transactions / (double) all),
        tally.transactions,
        tally.cards.size(),
        tally.amountSum / Math.max(1, tally.transactions));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.3f %%", 100 * share);
  }
}
