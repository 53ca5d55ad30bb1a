package dev.flagstream.benchmarks.models;

import dev.flagstream.client.commandline.CommandLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Trains the models of the scoring tests or of the scoring benchmark and writes their MOJOs. */
@Command(
    name = "train-models",
    mixinStandardHelpOptions = true,
    description = "Trains, with H2O, the models by which scoring is tested and measured.")
final class TrainModelsCommand implements Callable<Integer> {

  private static final int SCORED_ROWS = 4_096;

  /** Which models. */
  enum Purpose {
    /** Small ones of every kind, for the tests of the module udf. */
    TEST,
    /** Those of the benchmark, of the sizes that production models have. */
    BENCHMARK
  }

  @Option(
      names = "--purpose",
      required = true,
      description = "Which models: ${COMPLETION-CANDIDATES}.")
  private Purpose purpose;

  @Option(names = "--out", required = true, description = "Directory for the MOJO zips.")
  private Path out;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Seed of the data and of training. Default: ${DEFAULT-VALUE}.")
  private long seed;

  /** Ends the process: H2O leaves threads behind that would not. */
  public static void main(String[] args) {
    System.exit(CommandLines.of(new TrainModelsCommand()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    try {
      Files.createDirectories(out);
      train();
      if (purpose == Purpose.BENCHMARK) {
        writeRows();
      }
    } catch (IOException e) {
      throw new IOException(out + " cannot be written: " + e, e);
    }
    System.out.println("Next: make bench-scoring, or the tests of the module udf.");
    return CommandLine.ExitCode.OK;
  }

  private void train() throws IOException {
    H2oModels models = new H2oModels(seed);
    Map<String, H2oModels.Recipe> recipes =
        purpose == Purpose.TEST ? models.forTests() : models.forBenchmark();
    int done = 0;
    for (Map.Entry<String, H2oModels.Recipe> recipe : recipes.entrySet()) {
      Path file = out.resolve(recipe.getKey() + ".zip");
      Files.write(file, recipe.getValue().train());
      done++;
      System.out.printf("%d of %d: %s, %,d bytes%n", done, recipes.size(), file, Files.size(file));
    }
  }

  /** Rows to score, which no model was trained on. */
  private void writeRows() throws IOException {
    Path file = out.resolve("rows.csv");
    Files.write(file, new SyntheticTable(SCORED_ROWS, seed + 1).lines());
    System.out.printf("%,d rows to score: %s%n", SCORED_ROWS, file);
  }
}
