package dev.flagstream.reliability;

import dev.flagstream.client.commandline.CommandLines;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.FreePorts;
import dev.flagstream.local.settings.StackSettings;
import dev.flagstream.reliability.Fault.Kind;
import dev.flagstream.report.WritablePlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs crash tests, one for each seed, and writes the page about them. */
@Command(
    name = "crash-test",
    mixinStandardHelpOptions = true,
    description =
        "Kills, pauses and restarts the parts of the pipeline while transactions flow, then checks"
            + " the books. Exits with 1 if anything was lost, stored twice, wrong, in clear or"
            + " blocked.")
public final class CrashTestCommand implements Callable<Integer> {

  private static final int A_YEAR_IN_MINUTES = 525_600;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1",
      description = "Seeds, with one run for each. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds;

  @Option(
      names = "--minutes",
      defaultValue = "5",
      description = "How long transactions flow at least. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--faults",
      defaultValue = "12",
      description = "How many faults; every third is at a named point. Default: ${DEFAULT-VALUE}.")
  private int faults;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "KIND",
      description =
          "Only faults of these kinds: ${COMPLETION-CANDIDATES}. Default: all, in the order that"
              + " the seed gives.")
  private Set<Kind> only = EnumSet.allOf(Kind.class);

  @Option(
      names = "--rate",
      defaultValue = "200",
      description = "Transactions a second of the generator. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description =
          "How many customers share them. Default: as many as pay so often, each once or twice a"
              + " day, so that nearly every transaction has a card of its own.")
  private Integer customers;

  @Option(
      names = "--sql-store",
      description =
          "Decisions are rows in PostgreSQL, too, which is killed as well. Default: MongoDB alone.")
  private boolean sqlStore;

  @Option(
      names = "--lake",
      description = "Every record is a row of Parquet files, too. Default: MongoDB alone.")
  private boolean lake;

  @Option(
      names = "--home",
      defaultValue = ".",
      description = "The project's folder. Default: ${DEFAULT-VALUE}.")
  private Path home;

  @Option(
      names = "--folder",
      defaultValue = "target/crash-test",
      description =
          "Folder for data and outputs, in it one for each seed. Default:" + " ${DEFAULT-VALUE}.")
  private Path folder;

  @Option(
      names = "--keep-data",
      description =
          "Keeps the data of runs that passed, too: some 5 GB for a million transactions. Default:"
              + " they are removed, and those of runs that failed are kept.")
  private boolean keepData;

  @Option(
      names = "--with",
      split = ",",
      paramLabel = "FILE",
      description =
          "Results of earlier runs ("
              + QualifiedRun.FILE_NAME
              + " in the folder of each), which the page tells as well. Default: none.")
  private List<Path> earlier = List.of();

  @Option(
      names = "--report",
      defaultValue = "docs/reliability.md",
      description = "The page to write. Default: ${DEFAULT-VALUE}.")
  private Path report;

  /** Runs and ends the process with its exit code. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.ROOT);
    System.exit(CommandLines.of(new CrashTestCommand()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    requirePossible();
    Set<Kind> kinds = withoutImpossible();
    List<QualifiedRun> runs = new ArrayList<>(earlierRuns());
    boolean allPassed = true;
    for (long seed : seeds) {
      Path ofSeed =
          Files.createTempDirectory(Files.createDirectories(folder), "seed-" + seed + "-");
      StackSettings settings = new StackSettings(home, ofSeed.resolve("data"), FreePorts.pick());
      if (sqlStore) {
        settings = settings.withSqlStore(FreePorts.pickOne());
      }
      if (lake) {
        settings = settings.withLake();
      }
      String day = LocalDate.now(ZoneId.systemDefault()).toString();
      CrashTest test = new CrashTest(settings, ofSeed, traffic(seed), System.out::println);
      CrashTest.Result result =
          test.run(
              FaultSchedule.of(seed, faults, kinds, Part.of(settings)),
              Duration.ofSeconds(Math.round(minutes * 60)));
      QualifiedRun run = new QualifiedRun(command(), day, result);
      run.write(ofSeed.resolve(QualifiedRun.FILE_NAME));
      runs.add(run);
      ReliabilityReport.write(report, runs);
      allPassed &= result.passed();
      System.out.println(
          "Seed %d %s: %s; %s tells of it"
              .formatted(
                  seed,
                  result.passed() ? "passed" : "FAILED",
                  ofSeed.resolve(QualifiedRun.FILE_NAME),
                  report));
      if (result.passed() && !keepData) {
        Utils.delete(settings.data().toFile());
      }
    }
    return allPassed ? 0 : 1;
  }

  private List<QualifiedRun> earlierRuns() {
    try {
      return earlier.stream().map(QualifiedRun::read).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--with: " + e.getMessage(), e);
    }
  }

  /** What cannot be is a wrong option, before anything is started. */
  private void requirePossible() {
    if (!(minutes >= 0 && minutes <= A_YEAR_IN_MINUTES)) {
      throw new ParameterException(
          spec.commandLine(),
          "MINUTES is %s; give a number from 0 to %d".formatted(minutes, A_YEAR_IN_MINUTES));
    }
    Optional<String> reason = WritablePlace.reasonAgainstFile(report);
    if (reason.isPresent()) {
      throw new ParameterException(spec.commandLine(), "--report: " + reason.get());
    }
    try {
      for (long seed : seeds) {
        GeneratedTraffic unused = traffic(seed);
        List<Fault> unusedToo = FaultSchedule.of(seed, faults);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private GeneratedTraffic traffic(long seed) {
    return new GeneratedTraffic(
        seed, rate, customers == null ? OptionalInt.empty() : OptionalInt.of(customers));
  }

  /** Without libfaketime nobody can set the clock of one process. */
  private Set<Kind> withoutImpossible() {
    Set<Kind> kinds = EnumSet.copyOf(only);
    if (WallClock.library().isEmpty() && kinds.removeIf(Kind::isOfClock)) {
      System.out.println(
          "No clock is set in this run: libfaketime is not installed;"
              + " reliability/install-faketime.sh does it");
      if (kinds.isEmpty()) {
        throw new StackException(
            "There is no other kind of fault in --only. Install libfaketime"
                + " (reliability/install-faketime.sh), or name others.");
      }
    }
    return kinds;
  }

  /** The command that runs the same again. */
  private String command() {
    List<String> sinks = new ArrayList<>(List.of("mongodb"));
    if (sqlStore) {
      sinks.add("postgresql");
    }
    if (lake) {
      sinks.add("lake");
    }
    List<String> options = new ArrayList<>();
    if (!only.containsAll(EnumSet.allOf(Kind.class))) {
      options.add("--only=" + only.stream().map(Kind::name).collect(Collectors.joining(",")));
    }
    if (customers != null) {
      options.add("--customers=" + customers);
    }
    return String.format(
            Locale.ROOT,
            "make crash-test SEED=%s MINUTES=%s FAULTS=%d RATE=%d",
            seeds.stream().map(String::valueOf).collect(Collectors.joining(",")),
            minutes == Math.rint(minutes)
                ? String.valueOf((long) minutes)
                : String.valueOf(minutes),
            faults,
            rate)
        + (sinks.size() > 1 ? " SINKS=" + String.join(",", sinks) : "")
        + (options.isEmpty() ? "" : " OPTIONS='" + String.join(" ", options) + "'");
  }
}
