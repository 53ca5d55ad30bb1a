package dev.flagstream.training;

import dev.flagstream.training.h2o.H2oProcess;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options of H2O's process, and of the folder for files that only a training needs. */
final class H2oOptions {

  @Option(
      names = "--work",
      defaultValue = "target/training",
      paramLabel = "DIR",
      description =
          "Folder for H2O's log and for tables of features, which later runs use again."
              + " Default: ${DEFAULT-VALUE}.")
  private Path work;

  @Option(
      names = "--heap",
      defaultValue = "3g",
      description = "H2O's heap, as -Xmx takes it. Default: ${DEFAULT-VALUE}.")
  private String heap;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "How many threads H2O may use. Default: ${DEFAULT-VALUE}.")
  private int threads;

  Path work() {
    return work;
  }

  H2oProcess start() throws IOException {
    return H2oProcess.start(work, heap, threads);
  }
}
