package dev.flagstream.training;

import dev.flagstream.training.h2o.H2oProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of H2O's process, and of the folder for files that only a training needs. */
final class H2oOptions {

  private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[kmgtKMGT]?");

  @Option(
      names = "--work",
      defaultValue = "target/training",
      paramLabel = "DIR",
      description =
          "Folder for H2O's log and for tables of features, which later runs use again."
              + " Default: ${DEFAULT-VALUE}.")
  private Path work;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private String heap;
  private int threads;

  @Option(
      names = "--heap",
      defaultValue = "3g",
      description = "H2O's heap, as -Xmx takes it. Default: ${DEFAULT-VALUE}.")
  void setHeap(String heap) {
    if (!HEAP.matcher(heap).matches()) {
      throw new ParameterException(
          command.commandLine(), "--heap: '%s' is no size such as 3g or 800m".formatted(heap));
    }
    this.heap = heap;
  }

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "How many threads H2O may use, 1 or more. Default: ${DEFAULT-VALUE}.")
  void setThreads(int threads) {
    if (threads < 1) {
      throw new ParameterException(
          command.commandLine(), "--threads: %d; H2O needs 1 or more".formatted(threads));
    }
    this.threads = threads;
  }

  Path work() {
    return work;
  }

  H2oProcess start() throws IOException {
    return H2oProcess.start(work, heap, threads);
  }
}
