package dev.flagstream.benchmarks.generator;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import dev.flagstream.benchmarks.MeasuringCommand;
import dev.flagstream.benchmarks.Median;
import dev.flagstream.generator.simulation.Rhythm;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.SimulationParameters;
import dev.flagstream.generator.simulation.handbook.HandbookParameters;
import dev.flagstream.generator.simulation.handbook.HandbookSimulation;
import dev.flagstream.generator.transaction.TransactionJson;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How many transactions a second the simulation makes on one thread, by the thread's CPU time, and
 * what it keeps in memory meanwhile. Each line is a world; each round makes the same transactions
 * again.
 */
@Command(
    name = "simulation-speed",
    mixinStandardHelpOptions = true,
    description = "How fast the simulation is.")
public final class SimulationSpeed implements Callable<Integer> {

  private static final int WARM_UPS = 2;
  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double BYTES_PER_MEBIBYTE = 1 << 20;

  @Option(
      names = "--transactions",
      paramLabel = "N",
      defaultValue = "2000000",
      description = "Transactions a round. Default: ${DEFAULT-VALUE}.")
  private int events;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "6",
      description = "Rounds, of which two are warm-up. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  private record Line(String world, String rounds, double eventsPerSecond, double heapMebibytes) {}

  /** Measures, prints a table and ends this JVM. */
  public static void main(String[] args) {
    MeasuringCommand.run(new SimulationSpeed(), args);
  }

  @Override
  public Integer call() {
    if (events < 1 || rounds <= WARM_UPS) {
      throw new IllegalArgumentException(
          "give --transactions of 1 or more and --rounds of more than " + WARM_UPS);
    }
    // 740,000 customers have 1,000,000 cards.
    SimulationParameters millionCards = SimulationParameters.ofCustomers(42, 740_000);
    List<Line> lines = new ArrayList<>();
    lines.add(measure("1,000,000 cards, objects", millionCards, false, events, rounds));
    lines.add(measure("1,000,000 cards, as JSON", millionCards, true, events, rounds));
    lines.add(
        measure(
            "1,000 a second, live",
            SimulationParameters.atRate(42, 1_000).withRhythm(Rhythm.EVEN),
            false,
            events,
            rounds));
    lines.add(
        measure(
            "the Handbook's",
            new HandbookSimulation(new HandbookParameters(42)),
            HandbookParameters.START,
            false,
            events,
            rounds));
    System.out.println(table(lines));
    System.out.printf(
        Locale.ROOT,
        "%,d transactions a round, one thread; a second is one of the thread's CPU time; the median"
            + " after %d rounds of warm-up.%nHeap: what is left after a collection, with the"
            + " simulation and an iterator in use.%n",
        events,
        WARM_UPS);
    return CommandLine.ExitCode.OK;
  }

  private static Line measure(
      String world, SimulationParameters parameters, boolean json, int events, int rounds) {
    return measure(world, Simulation.of(parameters), START, json, events, rounds);
  }

  private static Line measure(
      String world, Simulation simulation, Instant start, boolean json, int events, int rounds) {
    double[] perSecond = new double[rounds];
    Iterator<SimulatedTransaction> simulated = simulation.from(start);
    for (int round = 0; round < rounds; round++) {
      simulated = simulation.from(start);
      perSecond[round] = json ? encode(simulated, events) : iterate(simulated, events);
      System.err.printf(
          Locale.ROOT, "%s, round %d of %d: %,.0f%n", world, round + 1, rounds, perSecond[round]);
    }
    double heap = heapMebibytes();
    if (!simulated.hasNext()) {
      throw new IllegalStateException("a simulation never ends");
    }
    String each =
        Arrays.stream(perSecond)
            .mapToObj(value -> String.format(Locale.ROOT, "%.0fk", value / 1_000))
            .reduce((one, other) -> one + " " + other)
            .orElseThrow();
    return new Line(
        world, each, Median.of(Arrays.copyOfRange(perSecond, WARM_UPS, perSecond.length)), heap);
  }

  private static double iterate(Iterator<SimulatedTransaction> simulated, int events) {
    long before = cpuNanos();
    long sum = 0;
    for (int i = 0; i < events; i++) {
      sum += simulated.next().transaction().timestampMs();
    }
    long after = cpuNanos();
    requireUsed(sum);
    return events * NANOS_PER_SECOND / (after - before);
  }

  private static double encode(Iterator<SimulatedTransaction> simulated, int events) {
    long before = cpuNanos();
    long bytes = 0;
    for (int i = 0; i < events; i++) {
      bytes += TransactionJson.encode(simulated.next().transaction()).length;
    }
    long after = cpuNanos();
    requireUsed(bytes);
    return events * NANOS_PER_SECOND / (after - before);
  }

  /** Uses a result, so that nothing of its making can be left out. */
  private static void requireUsed(long result) {
    if (result <= 0) {
      throw new IllegalStateException("nothing was simulated");
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static double heapMebibytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / BYTES_PER_MEBIBYTE;
  }

  private static String table(List<Line> lines) {
    return AsciiTable.getTable(
        AsciiTable.NO_BORDERS,
        lines,
        List.of(
            new Column().header("world").dataAlign(HorizontalAlign.LEFT).with(Line::world),
            new Column().header("each round").dataAlign(HorizontalAlign.LEFT).with(Line::rounds),
            new Column()
                .header("transactions/s")
                .with(line -> String.format(Locale.ROOT, "%,.0f", line.eventsPerSecond)),
            new Column()
                .header("heap MiB")
                .with(line -> String.format(Locale.ROOT, "%.1f", line.heapMebibytes))));
  }
}
