package dev.flagstream.training;

import dev.flagstream.training.bundle.BundleFolder;
import dev.flagstream.training.h2o.H2oProcess;
import dev.flagstream.training.handbook.FeatureComparison;
import dev.flagstream.training.handbook.HandbookExperiment;
import dev.flagstream.training.handbook.HandbookExperiment.Outcome;
import dev.flagstream.training.handbook.HandbookReproduction;
import dev.flagstream.training.history.FileHistory;
import dev.flagstream.training.history.HandbookHistory;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The Handbook's experiment: its protocol, its models, its figures beside ours. */
@Command(
    name = "handbook",
    mixinStandardHelpOptions = true,
    description =
        "Repeats the experiment of the Fraud Detection Handbook, on its file or on simulations of our"
            + " own, and prints the figures beside the published ones.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done, and with --data every aim is met",
      "1:it failed, or features or figures are not what they should be"
    })
public final class HandbookCommand implements Callable<Integer> {

  /** The longest window, the delay before it, and a day: nothing before it moves a feature. */
  private static final Duration LOOK_BACK = Duration.ofDays(30 + 7 + 1);

  @Option(
      names = "--data",
      paramLabel = "CSV",
      description = "The Handbook's transactions, plain or .gz. Default: simulations.")
  private Path data;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      description = "Seeds of the simulations that run without --data. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds;

  @Option(
      names = "--repeats",
      defaultValue = "3",
      description =
          "How often each model is trained on --data, with other seeds each time."
              + " Default: ${DEFAULT-VALUE}.")
  private int repeats;

  @Mixin private FeatureOptions features = new FeatureOptions();

  @Mixin private H2oOptions h2oOptions = new H2oOptions();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (repeats < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--repeats must be at least 1, not " + repeats);
    }
    HandbookReproduction reproduction =
        new HandbookReproduction(features.source(), h2oOptions.work(), out());
    return data == null ? onSimulations(reproduction) : onTheFile(reproduction);
  }

  private int onTheFile(HandbookReproduction reproduction) throws IOException {
    String origin = data.getFileName() + ", SHA-256 " + BundleFolder.sha256(data);
    Optional<FeatureComparison> comparison =
        reproduction.compareUnlessDone(
            origin, () -> FileHistory.read(data, FeatureOptions.FEEDBACK_DELAY), features.check());
    if (comparison.isPresent() && !comparison.get().isEqual()) {
      return CommandLine.ExitCode.SOFTWARE;
    }
    FeatureTable table =
        reproduction.table(origin, () -> FileHistory.read(data, FeatureOptions.FEEDBACK_DELAY));
    try (H2oProcess h2o = h2oOptions.start()) {
      List<List<Outcome>> runs =
          reproduction.train(
              data.getFileName().toString(),
              table,
              LongStream.rangeClosed(1, repeats).boxed().toList(),
              h2o);
      out().println("Means over " + repeats + " trainings with other seeds:");
      reproduction.print(runs);
      return reproduction.judge(runs) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private int onSimulations(HandbookReproduction reproduction) throws IOException {
    TimeRange needed =
        new TimeRange(
            HandbookExperiment.NEEDED.from().minus(LOOK_BACK), HandbookExperiment.NEEDED.to());
    List<List<Outcome>> runs = new ArrayList<>();
    try (H2oProcess h2o = h2oOptions.start()) {
      for (long seed : seeds) {
        String origin = "the Handbook's simulation with seed " + seed + ", " + needed;
        FeatureTable table =
            reproduction.table(
                origin,
                () -> HandbookHistory.simulate(seed, needed, FeatureOptions.FEEDBACK_DELAY));
        runs.addAll(reproduction.train("simulation " + seed, table, List.of(seed), h2o));
      }
    }
    out().println("Means over simulations with seeds " + seeds + ":");
    reproduction.print(runs);
    return CommandLine.ExitCode.OK;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
