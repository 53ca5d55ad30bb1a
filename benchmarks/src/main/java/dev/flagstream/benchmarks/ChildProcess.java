package dev.flagstream.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own with this one's class path, which answers lines with lines. */
final class ChildProcess implements AutoCloseable {

  private static final long STOP_SECONDS = 30;

  private final Process process;
  private final OutputStream input;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.input = process.getOutputStream();
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts a main class; what it writes to standard error goes to {@code errors}. */
  static ChildProcess start(
      Class<?> main, List<String> javaOptions, List<String> arguments, Path errors) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      return new ChildProcess(new ProcessBuilder(command).redirectError(errors.toFile()).start());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + main.getName(), e);
    }
  }

  /** Sends a line and waits for the line that answers it. */
  String ask(String line) {
    try {
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("The process " + process.pid() + " is gone", e);
    }
    return answer();
  }

  /** The next line the process writes. */
  String answer() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw new IllegalStateException("The process " + process.pid() + " ended unexpectedly");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException("The process " + process.pid() + " is gone", e);
    }
  }

  /** CPU time of all its threads since it was started, in steps of 10 ms on Linux. */
  Duration cpu() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("This platform tells no CPU times"));
  }

  @Override
  public void close() {
    try {
      input.close();
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (IOException e) {
      // Already gone, or about to be.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
