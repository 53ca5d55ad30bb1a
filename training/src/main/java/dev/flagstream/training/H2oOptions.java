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
          "Tables of features, taken again by a second run, and H2O's log. Default: ${DEFAULT-VALUE}.")
  private Path work;

  @Option(names = "--heap", defaultValue = "3g", description = "Of H2O. Default: ${DEFAULT-VALUE}.")
  private String heap;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "Of H2O. Default: ${DEFAULT-VALUE}.")
  private int threads;

  Path work() {
    return work;
  }

  H2oProcess start() throws IOException {
    return H2oProcess.start(work, heap, threads);
  }
}
