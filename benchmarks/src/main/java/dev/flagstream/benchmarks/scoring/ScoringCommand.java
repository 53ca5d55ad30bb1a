package dev.flagstream.benchmarks.scoring;

import dev.flagstream.benchmarks.MeasuringCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what scoring a row costs, all scorers in turns, and prints them side by side. */
@Command(
    name = "bench-scoring",
    mixinStandardHelpOptions = true,
    description =
        "Measures with JMH what CPU time scoring a row costs: ours beside h2o-genmodel and ONNX Runtime. Each"
            + " case runs in a JVM of its own, on one thread; rounds go through all cases in turns.")
public final class ScoringCommand implements Callable<Integer> {

  private static final int WARM_UPS = 5;

  @Option(
      names = "--models",
      required = true,
      description = "Folder of the models that the module benchmarks/models trains.")
  private Path models;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      description = "Measured rounds. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--iterations",
      defaultValue = "4",
      description =
          "Measured seconds a case and round, after "
              + WARM_UPS
              + " to warm up. Default: ${DEFAULT-VALUE}.")
  private int iterations;

  @Option(
      names = "--only",
      defaultValue = "",
      description = "Only the cases whose line contains this text.")
  private String only;

  /** Measures, prints a table and ends this JVM. */
  public static void main(String[] args) {
    MeasuringCommand.run(new ScoringCommand(), args);
  }

  @Override
  public Integer call() throws RunnerException {
    if (!Files.exists(new Inputs(models).file(ScoredModel.BOOSTING))) {
      System.err.println(
          models
              + " has no models: make bench-scoring trains them by the module benchmarks/models");
      return CommandLine.ExitCode.USAGE;
    }
    List<ScoringCase> cases =
        ScoringCase.all().stream().filter(each -> each.line().contains(only)).toList();
    if (cases.isEmpty()) {
      System.err.println("No case contains " + only + ": drop --only to see the names of all");
      return CommandLine.ExitCode.USAGE;
    }
    ScoringTable table = new ScoringTable();
    try (ProgressBar progress =
        MeasuringCommand.progress("measuring", (long) rounds * cases.size())) {
      for (int round = 0; round < rounds; round++) {
        for (ScoringCase each : cases) {
          progress.setExtraMessage(each.line() + ", " + each.column());
          table.add(each, measure(each));
          progress.step();
        }
      }
    }
    System.out.println(table.print());
    System.out.printf(
        "CPU time, medians of %d rounds. Compare columns of one run only; benchmarks/README.md says"
            + " what they are.%n",
        rounds);
    return CommandLine.ExitCode.OK;
  }

  /** The averages of the iterations, in nanoseconds of CPU time a row. */
  private List<Double> measure(ScoringCase each) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + each.method().replace(".", "\\.") + "$")
            .forks(1)
            .threads(1)
            .warmupIterations(WARM_UPS)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(iterations)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(CpuTime.class)
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .jvmArgsAppend("-D" + Inputs.FOLDER_PROPERTY + "=" + models.toAbsolutePath());
    each.parameters().forEach(options::param);
    List<Double> nanos = new ArrayList<>();
    for (RunResult result : new Runner(options.build()).run()) {
      for (BenchmarkResult fork : result.getBenchmarkResults()) {
        for (IterationResult iteration : fork.getIterationResults()) {
          nanos.add(iteration.getSecondaryResults().get(CpuTime.LABEL).getScore());
        }
      }
    }
    return nanos;
  }
}
