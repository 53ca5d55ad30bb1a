package dev.flagstream.training;

import dev.flagstream.training.features.BatchSource;
import dev.flagstream.training.features.FeatureSource;
import dev.flagstream.training.h2o.H2oProcess;
import dev.flagstream.training.handbook.HandbookExperiment.Outcome;
import dev.flagstream.training.handbook.HandbookReproduction;
import dev.flagstream.training.history.FileHistory;
import dev.flagstream.training.table.FeatureTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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

  private static final Duration FEEDBACK_DELAY = Duration.ofDays(7);

  @Option(
      names = "--data",
      paramLabel = "CSV",
      required = true,
      description = "the Handbook's transactions, plain or .gz")
  private Path data;

  @Option(
      names = "--repeats",
      defaultValue = "3",
      description = "trainings of each model with other seeds (default: ${DEFAULT-VALUE})")
  private int repeats;

  @Option(
      names = "--work",
      defaultValue = "target/training",
      paramLabel = "DIR",
      description = "tables of features, taken again by a second run (default: ${DEFAULT-VALUE})")
  private Path work;

  @Option(names = "--heap", defaultValue = "3g", description = "of H2O (default: ${DEFAULT-VALUE})")
  private String heap;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "of H2O (default: ${DEFAULT-VALUE})")
  private int threads;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (repeats < 1) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--repeats must be at least 1, not " + repeats);
    }
    PrintWriter out = spec.commandLine().getOut();
    FeatureSource features = new BatchSource(FEEDBACK_DELAY);
    HandbookReproduction reproduction = new HandbookReproduction(features, work, out);
    FeatureTable table =
        reproduction.table(
            data.getFileName() + ", " + Files.size(data) + " bytes",
            () -> FileHistory.read(data, FEEDBACK_DELAY));
    try (H2oProcess h2o = H2oProcess.start(work, heap, threads)) {
      List<Long> seeds = LongStream.rangeClosed(1, repeats).boxed().toList();
      List<List<Outcome>> runs =
          reproduction.train(data.getFileName().toString(), table, seeds, h2o);
      reproduction.print(runs);
      return reproduction.judge(runs) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }
}
