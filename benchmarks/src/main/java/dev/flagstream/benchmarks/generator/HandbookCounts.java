package dev.flagstream.benchmarks.generator;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
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

/**
 * What the Handbook's profile makes in its 183 days, beside what its constants make one expect and
 * what was published.
 *
 * <p>{@code java -cp … dev.flagstream.benchmarks.generator.HandbookCounts [SEED …]}
 */
public final class HandbookCounts {

  private static final Counts PUBLISHED =
      new Counts("published", 4_990, 10_000, 1_754_155, 973, 9_077, 4_631);

  private HandbookCounts() {}

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

  /** Simulates each seed and prints a table. */
  public static void main(String[] args) {
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
    for (String seed : args.length == 0 ? new String[] {"42"} : args) {
      System.err.println("simulating seed " + seed);
      table.add(count(Long.parseLong(seed)));
    }
    System.out.println(print(table));
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
