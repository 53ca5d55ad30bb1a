package dev.flagstream.generator.report;

import dev.flagstream.generator.progress.StepProgress;
import dev.flagstream.generator.progress.StepProgress.Unit;
import dev.flagstream.generator.simulation.FraudScenario;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.report.WritablePlace;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Writes the page about the simulation. The range is made twice, which is cheaper than keeping it:
 * first to count, then for the cards that were found to be good examples.
 */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Writes one HTML page about what the simulation makes: amounts, hours, frauds by scenario,"
            + " a card's month, a customer's world.")
public final class ReportCommand implements Callable<Integer> {

  private static final int PASSES = 2;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "42",
      description = "The number everything random follows from. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--customers",
      paramLabel = "N",
      defaultValue = "5000",
      description = "How many customers there are. Default: ${DEFAULT-VALUE}.")
  private int customers;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      defaultValue = "2026-01-01T00:00:00Z",
      description = "Event time of the beginning. Default: ${DEFAULT-VALUE}.")
  private Instant from;

  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "30",
      description = "How many days to look at. Default: ${DEFAULT-VALUE}.")
  private int days;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "target/generator-report.html",
      description = "The page to write. Default: ${DEFAULT-VALUE}.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (days < 1) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--days': must be 1 or more");
    }
    Optional<String> reason = WritablePlace.reasonAgainstFile(out);
    if (reason.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--out: " + reason.get());
    }
    PrintWriter err = spec.commandLine().getErr();
    Simulation simulation = simulation();
    Instant to = from.plus(Duration.ofDays(days));
    err.printf(
        "looking at %d days from %s of the world with seed %d: once for the figures, once for the cards to show%n",
        days, from, seed);
    SimulationStatistics statistics = new SimulationStatistics();
    Map<String, List<SimulatedTransaction>> byCard = new HashMap<>();
    Map<FraudScenario, String> examples;
    try (StepProgress progress = progress()) {
      forEach(simulation, to, progress, 0, statistics::add);
      examples = ExampleCards.of(statistics);
      examples.values().forEach(card -> byCard.put(card, new ArrayList<>()));
      forEach(
          simulation,
          to,
          progress,
          1,
          each -> {
            List<SimulatedTransaction> ofCard = byCard.get(each.transaction().cardNumber());
            if (ofCard != null) {
              ofCard.add(each);
            }
          });
    }
    try {
      new SimulationReport(statistics, examples, byCard)
          .page("Seed " + seed + ", " + customers + " customers.", from, to)
          .write(out);
    } catch (UncheckedIOException e) {
      err.println("error: " + e.getMessage() + " (" + e.getCause().getMessage() + "); see --out");
      return CommandLine.ExitCode.SOFTWARE;
    }
    err.printf(
        "%,d transactions, %,d frauds; the page is %s%n",
        statistics.transactions(), statistics.frauds(), out);
    err.println("next: open it in a browser; docs/simulation.md explains what it shows");
    return CommandLine.ExitCode.OK;
  }

  private Simulation simulation() {
    try {
      return Simulation.of(SimulationParameters.ofCustomers(seed, customers));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private StepProgress progress() {
    return StepProgress.onStandardError("simulating", Unit.DAYS, (long) days * PASSES);
  }

  private void forEach(
      Simulation simulation,
      Instant to,
      StepProgress progress,
      int pass,
      Consumer<SimulatedTransaction> consumer) {
    long fromMs = from.toEpochMilli();
    long dayMs = Duration.ofDays(1).toMillis();
    Iterator<SimulatedTransaction> transactions = simulation.from(from);
    SimulatedTransaction next = transactions.next();
    while (next.transaction().timestampMs() < to.toEpochMilli()) {
      consumer.accept(next);
      progress.show((long) pass * days + (next.transaction().timestampMs() - fromMs) / dayMs);
      next = transactions.next();
    }
    progress.show((long) (pass + 1) * days);
  }
}
