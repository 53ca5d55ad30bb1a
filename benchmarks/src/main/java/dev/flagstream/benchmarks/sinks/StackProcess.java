package dev.flagstream.benchmarks.sinks;

import dev.flagstream.local.FlagstreamCommand;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A part of the local stack in a JVM of its own. */
final class StackProcess implements AutoCloseable {

  private static final long STOP_SECONDS = 30;
  private static final int LAST_LINES = 10;

  private final Process process;
  private final Path output;

  private StackProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param command of {@code local/flagstream.sh}, which runs the part alone
   * @param settings its addresses; what it says goes to a file beside its data
   */
  static StackProcess start(StackSettings settings, String command, List<String> javaOptions)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(javaOptions);
    line.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            FlagstreamCommand.class.getName(),
            command,
            "--home=" + settings.home(),
            "--data=" + settings.data(),
            "--kafka-port=" + settings.ports().kafka(),
            "--connect-port=" + settings.ports().connect(),
            "--mongo-port=" + settings.ports().mongo()));
    String sinks = "mongodb";
    if (settings.sqlStorePort().isPresent()) {
      sinks += ",postgresql";
      line.add("--sql-store-port=" + settings.sqlStorePort().getAsInt());
    }
    if (settings.lakeUrl().isPresent()) {
      sinks += ",lake";
      line.add("--lake-url=" + settings.lakeUrl().get());
    }
    line.add("--sinks=" + sinks);
    Path output =
        settings.data().resolveSibling(settings.data().getFileName() + "-" + command + ".txt");
    return new StackProcess(
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start(),
        output);
  }

  /** CPU time of all its threads; empty on systems that tell none. */
  Optional<Duration> cpu() {
    return process.info().totalCpuDuration();
  }

  /**
   * Does nothing while it runs.
   *
   * @throws IllegalStateException with its last words if it has ended
   */
  void requireAlive() {
    if (process.isAlive()) {
      return;
    }
    String last;
    try {
      List<String> lines = Files.readAllLines(output);
      last = String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      last = "(" + output + " cannot be read)";
    }
    throw new IllegalStateException("A part ended unexpectedly. Its last words:\n" + last);
  }

  @Override
  public void close() {
    process.destroy();
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
