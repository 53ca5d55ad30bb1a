package dev.flagstream.benchmarks;

import dev.flagstream.benchmarks.workload.InputTopics;
import dev.flagstream.benchmarks.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures the jobs, in SQL, written by hand, and in Flink SQL. */
@Command(
    name = "comparison",
    mixinStandardHelpOptions = true,
    description =
        "CPU per record of SQL statements on the engine and of the same jobs written by hand with"
            + " Kafka Streams and Jackson, or in Flink SQL: each in a process of its own, in turns,"
            + " on one broker.")
public final class ComparisonCommand implements Callable<Integer> {

  private static final int CARD_SEED = 42;

  @Option(
      names = "--records",
      defaultValue = "1000000",
      description = "Transactions in the input topic. Default: ${DEFAULT-VALUE}.")
  private int records;

  @Option(
      names = "--cards",
      defaultValue = "10000",
      description = "Cards they are drawn from. Default: ${DEFAULT-VALUE}.")
  private int cards;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      description = "Measured runs of each job by each program. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--warm-ups",
      defaultValue = "3",
      description = "Runs before them that are not counted. Default: ${DEFAULT-VALUE}.")
  private int warmUps;

  @Option(
      names = "--warm-up-cpu",
      defaultValue = "0",
      paramLabel = "SECONDS",
      description =
          "More of these runs, until each program has spent so much CPU time on them: the JVM"
              + " compiles by what has run, and beside others that takes longer. Default:"
              + " ${DEFAULT-VALUE}.")
  private int warmUpCpuSeconds;

  @Option(
      names = "--jobs",
      split = ",",
      defaultValue = "FILTER,WINDOWS,JOIN",
      description = "Which jobs: ${COMPLETION-CANDIDATES}. Default: all.")
  private List<Workload> jobs;

  @Option(
      names = "--guarantee",
      defaultValue = "at_least_once",
      description = "processing.guarantee of the programs. Default: ${DEFAULT-VALUE}.")
  private String guarantee;

  @Option(
      names = "--extension-dir",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the UDF jar.")
  private Path extensions;

  @Option(
      names = "--java-options",
      split = " ",
      defaultValue = "-Xmx1g",
      description = "JVM options of each program. Default: ${DEFAULT-VALUE}.")
  private List<String> javaOptions;

  @Option(
      names = "--programs",
      split = ",",
      description =
          "Which programs: ${COMPLETION-CANDIDATES}. Default: all; FLINK only with --flink-jar.")
  private Set<Program.Kind> chosen = EnumSet.noneOf(Program.Kind.class);

  @Option(
      names = "--flink-jar",
      paramLabel = "JAR",
      description = "What benchmarks/flink makes. Default: none, and no FLINK.")
  private Path flinkJar;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description =
          "Ends with exit code 1 if a job costs over 15 % more, beside the program written by hand,"
              + " than in this file.")
  private Path baseline;

  @Option(names = "--take", description = "Writes that file anew instead.")
  private boolean take;

  public static void main(String[] args) {
    MeasuringCommand.run(new ComparisonCommand(), args);
  }

  @Override
  public Integer call() throws Exception {
    if (chosen.contains(Program.Kind.FLINK) && flinkJar == null) {
      throw new IllegalArgumentException(
          "--programs=FLINK needs"
              + " --flink-jar=benchmarks/flink/target/flagstream-benchmark-flink.jar, which make"
              + " benchmark makes and gives");
    }
    if (baseline != null && !take) {
      Baseline.read(baseline); // before minutes are spent
    }
    ResultTable results = measured(jobs);
    System.out.println(results.print());
    return baseline == null ? 0 : judge(results.ratios());
  }

  /** All programs do these jobs in turns, on a broker that is new, in processes that are new. */
  private ResultTable measured(Collection<Workload> workloads) throws IOException {
    try (WorkDirectory directory = WorkDirectory.create("benchmark");
        Cluster cluster = Cluster.start(directory.resolve("broker"))) {
      load(cluster);
      List<Program> programs = programs(cluster, directory);
      try {
        return new ResultTable(
            programs.stream().map(Program::name).toList(),
            reference(programs),
            records,
            compare(cluster, programs, workloads));
      } finally {
        programs.forEach(Program::close);
      }
    }
  }

  /** The name of the program written by hand, or of the last if that does not run. */
  private static String reference(List<Program> programs) {
    return programs.stream()
        .filter(HandWrittenProgram.class::isInstance)
        .findFirst()
        .orElse(programs.get(programs.size() - 1))
        .name();
  }

  private int judge(Map<Workload, Double> ratios) throws IOException {
    if (take) {
      new Baseline(ratios).write(baseline);
      System.out.println("The baseline is now in " + baseline);
      return 0;
    }
    List<String> regressions = Baseline.read(baseline).regressions(confirmed(ratios));
    if (regressions.isEmpty()) {
      System.out.printf(
          "No job costs over %.0f %% more than in %s.%n", 100 * Baseline.TOLERANCE, baseline);
      return 0;
    }
    regressions.forEach(System.out::println);
    System.out.println("If that is meant: make bench-check OPTIONS=--take");
    return 1;
  }

  /**
   * Measures once more what has become dearer. A JVM may by chance compile a job well or badly, for
   * as long as it runs; so only what is dear twice is.
   */
  private Map<Workload, Double> confirmed(Map<Workload, Double> ratios) throws IOException {
    Set<Workload> dearer = Baseline.read(baseline).dearer(ratios);
    if (dearer.isEmpty()) {
      return ratios;
    }
    System.out.printf(
        "Over %.0f %% dearer than in %s: %s. Measured once more, in new processes.%n",
        100 * Baseline.TOLERANCE,
        baseline,
        dearer.stream().map(Workload::toString).collect(Collectors.joining(", ")));
    ResultTable again = measured(dearer);
    System.out.println(again.print());
    Map<Workload, Double> least = new EnumMap<>(ratios);
    again.ratios().forEach((workload, ratio) -> least.merge(workload, ratio, Math::min));
    return least;
  }

  private List<Program> programs(Cluster cluster, WorkDirectory directory) {
    List<Program> programs = new ArrayList<>();
    try {
      for (Program.Kind kind : kinds()) {
        programs.add(program(kind, cluster, directory));
      }
    } catch (RuntimeException e) {
      programs.forEach(Program::close);
      throw e;
    }
    return programs;
  }

  private Set<Program.Kind> kinds() {
    if (!chosen.isEmpty()) {
      return EnumSet.copyOf(chosen);
    }
    return flinkJar == null
        ? EnumSet.complementOf(EnumSet.of(Program.Kind.FLINK))
        : EnumSet.allOf(Program.Kind.class);
  }

  private Program program(Program.Kind kind, Cluster cluster, WorkDirectory directory) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    JobSettings settings = settings(cluster, directory.resolve(name));
    Path errors = directory.resolve(name + ".err");
    return switch (kind) {
      case SQL -> new SqlProgram(settings, extensions, javaOptions, errors);
      case HANDWRITTEN -> new HandWrittenProgram(settings, javaOptions, errors);
      case FLINK -> new FlinkProgram(settings, flinkJar, javaOptions, errors);
    };
  }

  private JobSettings settings(Cluster cluster, Path stateDirectory) {
    return new JobSettings(cluster.bootstrapServers(), guarantee, stateDirectory);
  }

  private void load(Cluster cluster) {
    cluster.createInput(InputTopics.TRANSACTIONS);
    cluster.createInput(InputTopics.CARDS);
    Dataset dataset = new Dataset(cards, CARD_SEED);
    try (Loader loader = cluster.loader();
        ProgressBar progress = MeasuringCommand.progress("loading", records)) {
      for (int i = 0; i < cards; i++) {
        loader.send(InputTopics.CARDS, dataset.card(i));
      }
      for (int i = 0; i < records; i++) {
        loader.send(InputTopics.TRANSACTIONS, dataset.transaction(i));
        progress.step();
      }
    }
  }

  private List<Measurement> compare(
      Cluster cluster, List<Program> programs, Collection<Workload> workloads) {
    List<Measurement> measurements = new ArrayList<>();
    long turns = (long) workloads.size() * (warmUps + rounds) * programs.size();
    try (ProgressBar progress = MeasuringCommand.progress("measuring", turns)) {
      for (Workload workload : workloads) {
        int round = 0;
        while (round < warmUps || !isWarm(programs, workload, measurements)) {
          if (round >= warmUps) {
            progress.maxHint(progress.getMax() + programs.size());
          }
          turn(new Turn(cluster, workload, round++, true), programs, measurements, progress);
        }
        for (int last = round + rounds; round < last; round++) {
          turn(new Turn(cluster, workload, round, false), programs, measurements, progress);
        }
        checkSameOutput(workload, measurements);
      }
    }
    return measurements;
  }

  private boolean isWarm(
      List<Program> programs, Workload workload, List<Measurement> measurements) {
    return programs.stream()
        .allMatch(
            program ->
                measurements.stream()
                        .filter(m -> m.workload() == workload)
                        .filter(m -> m.program().equals(program.name()))
                        .map(Measurement::cpu)
                        .reduce(Duration.ZERO, Duration::plus)
                        .compareTo(Duration.ofSeconds(warmUpCpuSeconds))
                    >= 0);
  }

  private record Turn(Cluster cluster, Workload workload, int round, boolean warmUp) {}

  private static void turn(
      Turn turn, List<Program> programs, List<Measurement> measurements, ProgressBar progress) {
    for (Program program : programs) {
      progress.setExtraMessage(turn.workload() + ", " + program.name());
      measurements.add(measure(turn, program));
      progress.step();
    }
  }

  private static Measurement measure(Turn turn, Program program) {
    Workload workload = turn.workload();
    Cluster cluster = turn.cluster();
    String sink = "%s_%s_%d".formatted(workload, program.name().split(" ", 2)[0], turn.round());
    cluster.createSink(sink);
    Duration before = program.cpu();
    String group = program.start(workload, sink);
    program.awaitConsumed(cluster, group, workload);
    Duration cpu = program.cpu().minus(before);
    program.stop();
    Cluster.Written written = cluster.written(sink);
    cluster.deleteTopicsOf(group, sink);
    return new Measurement(
        workload, program.name(), turn.warmUp(), cpu, written.span(), written.records());
  }

  /** A program that does less is not faster. */
  private static void checkSameOutput(Workload workload, List<Measurement> measurements) {
    List<Long> counts =
        measurements.stream()
            .filter(m -> m.workload() == workload)
            .map(Measurement::written)
            .distinct()
            .toList();
    if (workload.writesEachRowOnce() && counts.size() != 1) {
      throw new IllegalStateException(
          "The programs wrote different numbers of records for " + workload + ": " + counts);
    }
  }
}
