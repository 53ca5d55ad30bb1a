package dev.flagstream.benchmarks.generator;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.MeasuringCommand;
import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.handbook.HandbookExpectation;
import dev.flagstream.generator.simulation.handbook.HandbookParameters;
import dev.flagstream.generator.simulation.handbook.HandbookSimulation;
import java.time.Duration;
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

/**
 * What the Handbook's profile makes in its 183 days, beside what its constants lead one to expect
 * and what was published.
 */
@Command(
    name = "handbook-counts",
    mixinStandardHelpOptions = true,
    description = "What the Handbook's profile makes.")
public final class HandbookCounts implements Callable<Integer> {

  private static final Counts PUBLISHED =
      new Counts("published", 4_990, 10_000, 1_754_155, 973, 9_077, 4_631);

  @Option(
      names = "--seeds",
      paramLabel = "SEED",
      split = ",",
      defaultValue = "42",
      description = "Seeds, simulated one after the other. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds;

  private record Counts(
      String what,
      double customers,
      double terminals,
      double transactions,
      double highAmount,
      double compromisedTerminal,
      double takeover) {

    double frauds() {
      return highAmount + compromisedTerminal + takeover;
    }

    String percent() {
      return String.format(Locale.ROOT, "%.3f %%", 100 * frauds() / transactions);
    }
  }

  /** Measures, prints a table and ends this JVM. */
  public static void main(String[] args) {
    MeasuringCommand.run(new HandbookCounts(), args);
  }

  @Override
  public Integer call() {
    List<Counts> table = new ArrayList<>();
    table.add(PUBLISHED);
    HandbookExpectation expected = HandbookExpectation.of(HandbookParameters.DAYS);
    table.add(
        new Counts(
            "expected of any seed",
            expected.customers(),
            HandbookParameters.TERMINALS,
            expected.transactions(),
            expected.highAmount(),
            expected.compromisedTerminal(),
            expected.takeover()));
    for (long seed : seeds) {
      System.err.println("simulating seed " + seed);
      table.add(count(seed));
    }
    System.out.println(print(table));
    return CommandLine.ExitCode.OK;
  }

  private static Counts count(long seed) {
    long endMs =
        HandbookParameters.START.plus(Duration.ofDays(HandbookParameters.DAYS)).toEpochMilli();
    Set<String> customers = new HashSet<>();
    Set<String> terminals = new HashSet<>();
    Map<FraudScenario, Integer> frauds = new EnumMap<>(FraudScenario.class);
    int transactions = 0;
    Iterator<SimulatedTransaction> simulated =
        new HandbookSimulation(new HandbookParameters(seed)).from(HandbookParameters.START);
    for (SimulatedTransaction next = simulated.next();
        next.transaction().timestampMs() < endMs;
        next = simulated.next()) {
      transactions++;
      customers.add(next.transaction().cardholder().customerId());
      terminals.add(next.transaction().acceptor().merchantId());
      next.scenario().ifPresent(scenario -> frauds.merge(scenario, 1, Integer::sum));
    }
    return new Counts(
        "seed " + seed,
        customers.size(),
        terminals.size(),
        transactions,
        frauds.getOrDefault(FraudScenario.HIGH_AMOUNT, 0),
        frauds.getOrDefault(FraudScenario.COMPROMISED_MERCHANT, 0),
        frauds.getOrDefault(FraudScenario.ACCOUNT_TAKEOVER, 0));
  }

  private static String print(List<Counts> table) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        table,
        List.of(
            new Column().header("183 days").dataAlign(HorizontalAlign.LEFT).with(Counts::what),
            new Column().header("customers").with(counts -> whole(counts.customers)),
            new Column().header("terminals").with(counts -> whole(counts.terminals)),
            new Column().header("transactions").with(counts -> whole(counts.transactions)),
            new Column().header("frauds").with(counts -> whole(counts.frauds())),
            new Column().header("share").with(Counts::percent),
            new Column().header("scenario 1").with(counts -> whole(counts.highAmount)),
            new Column().header("scenario 2").with(counts -> whole(counts.compromisedTerminal)),
            new Column().header("scenario 3").with(counts -> whole(counts.takeover))));
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }
}
