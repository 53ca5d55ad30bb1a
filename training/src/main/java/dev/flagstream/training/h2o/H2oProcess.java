package dev.flagstream.training.h2o;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.flagstream.training.h2o.task.TrainingTask;
import dev.flagstream.training.h2o.task.WorkerMessage;
import dev.flagstream.training.h2o.worker.H2oWorker;
import dev.flagstream.training.model.ModelSettings;
import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.MatrixFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/**
 * H2O in a JVM of its own: it cannot be started twice in one JVM, and its libraries have no
 * business beside the engine's. No socket is opened; the two talk through standard input and
 * output. For one thread.
 */
public final class H2oProcess implements AutoCloseable {

  private static final long STOP_SECONDS = 20;
  private static final int LAST_LINES = 30;
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final Path directory;
  private final Path log;
  private final Process process;
  private final OutputStream input;
  private final BufferedReader output;
  private int tasks;

  private H2oProcess(Path directory, Path log, Process process) {
    this.directory = directory;
    this.log = log;
    this.process = process;
    this.input = process.getOutputStream();
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts H2O.
   *
   * @param directory for the files between the two; H2O's log goes there too, as {@code h2o.log}
   * @param heap of the JVM, as {@code -Xmx} takes it
   * @param threads how many H2O may use
   * @throws IOException if no process can be started
   */
  public static H2oProcess start(Path directory, String heap, int threads) throws IOException {
    Files.createDirectories(directory);
    Path log = directory.resolve("h2o.log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseParallelGC",
            // Messages of the JVM itself would otherwise go to standard output, among the answers.
            "-XX:+DisplayVMOutputToStderr",
            "-Xlog:disable",
            "-Xlog:all=warning:stderr",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            H2oWorker.class.getName(),
            directory.toAbsolutePath().toString(),
            Integer.toString(threads));
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    return new H2oProcess(directory, log, process);
  }

  /**
   * Trains a model and scores tables with it.
   *
   * @param settings what to train
   * @param seed of all its chance: the same seed and rows give the same trees
   * @param train the rows to learn from
   * @param toScore tables with the same features
   * @param mojo where the MOJO zip goes
   * @param progress receives the share that is done, 0 to 1
   * @return the model's features, importance and the scores of each table
   * @throws IOException if files cannot be written or the process ended
   * @throws TrainingException if H2O refuses
   */
  public TrainedModel train(
      ModelSettings settings,
      long seed,
      FeatureTable train,
      List<FeatureTable> toScore,
      Path mojo,
      DoubleConsumer progress)
      throws IOException {
    tasks++;
    Path rows = directory.resolve("train-" + tasks + ".bin");
    MatrixFile.write(rows, withLabel(train));
    List<TrainingTask.Scoring> scorings = new ArrayList<>();
    for (int i = 0; i < toScore.size(); i++) {
      Path in = directory.resolve("rows-%d-%d.bin".formatted(tasks, i));
      MatrixFile.write(in, featuresOf(toScore.get(i)));
      scorings.add(
          new TrainingTask.Scoring(in, directory.resolve("scores-%d-%d.bin".formatted(tasks, i))));
    }
    Path target = mojo.toAbsolutePath();
    WorkerMessage answer =
        ask(new TrainingTask(settings, seed, train.features(), rows, target, scorings), progress);
    List<double[]> scores = new ArrayList<>();
    for (TrainingTask.Scoring scoring : scorings) {
      scores.add(onlyColumn(MatrixFile.read(scoring.scores())));
      Files.delete(scoring.rows());
      Files.delete(scoring.scores());
    }
    Files.delete(rows);
    return new TrainedModel(target, answer.features(), answer.importance(), scores);
  }

  private WorkerMessage ask(TrainingTask task, DoubleConsumer progress) throws IOException {
    try {
      input.write((JSON.writeValueAsString(task) + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    while (true) {
      String line = output.readLine();
      if (line == null) {
        throw ended(null);
      }
      WorkerMessage message = JSON.readValue(line, WorkerMessage.class);
      if (message.error() != null) {
        throw new TrainingException(
            "H2O could not train " + task.settings().algorithm() + ": " + message.error());
      }
      if (message.features() != null) {
        return message;
      }
      progress.accept(message.progress());
    }
  }

  private IOException ended(IOException cause) throws IOException {
    // Whatever its encoding: no character may hide why it ended.
    List<String> lines =
        new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    String last =
        String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    return new IOException(
        "The H2O process ended; its log is " + log + ", the last lines:\n" + last, cause);
  }

  private static double[][] withLabel(FeatureTable table) {
    int width = table.features().size();
    double[][] rows = new double[table.size()][];
    for (int r = 0; r < rows.length; r++) {
      Example row = table.rows().get(r);
      rows[r] = java.util.Arrays.copyOf(row.features(), width + 1);
      rows[r][width] = row.fraud() ? 1 : 0;
    }
    return rows;
  }

  private static double[][] featuresOf(FeatureTable table) {
    return table.rows().stream().map(Example::features).toArray(double[][]::new);
  }

  private static double[] onlyColumn(double[][] rows) {
    double[] column = new double[rows.length];
    for (int r = 0; r < rows.length; r++) {
      column[r] = rows[r][0];
    }
    return column;
  }

  /** Ends the process: it stops when its input ends, and is killed if it does not. */
  @Override
  public void close() {
    try {
      input.close();
    } catch (IOException e) {
      // Closing flushes, which a process that has ended by itself no longer takes. There is nothing
      // left to end, and its callers have their answer.
    }
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
