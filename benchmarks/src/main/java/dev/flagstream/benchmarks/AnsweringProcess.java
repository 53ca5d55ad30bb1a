package dev.flagstream.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, which answers lines with lines. */
public final class AnsweringProcess implements AutoCloseable {

  private static final long STOP_SECONDS = 30;
  private static final int LAST_LINES = 20;

  private final Process process;
  private final Path errors;
  private final OutputStream input;
  private final BufferedReader output;

  private AnsweringProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    this.input = process.getOutputStream();
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts a main class with this JVM's class path; what it writes to standard error goes to {@code
   * errors}.
   */
  public static AnsweringProcess start(
      Class<?> main, List<String> javaOptions, List<String> arguments, Path errors) {
    return start(
        main.getName(),
        javaOptions,
        List.of("-cp", System.getProperty("java.class.path"), main.getName()),
        arguments,
        errors);
  }

  /** Starts a jar that names its own class path; standard error as above. */
  static AnsweringProcess start(
      Path jar, List<String> javaOptions, List<String> arguments, Path errors) {
    return start(jar.toString(), javaOptions, List.of("-jar", jar.toString()), arguments, errors);
  }

  private static AnsweringProcess start(
      String name,
      List<String> javaOptions,
      List<String> program,
      List<String> arguments,
      Path errors) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(javaOptions);
    command.addAll(program);
    command.addAll(arguments);
    try {
      return new AnsweringProcess(
          new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + name, e);
    }
  }

  /** Sends a line and waits for the line that answers it. */
  public String ask(String line) {
    try {
      input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      input.flush();
    } catch (IOException e) {
      throw ended(e);
    }
    return answer();
  }

  /** Waits for the next line that the process writes. */
  public String answer() {
    try {
      String line = output.readLine();
      if (line == null) {
        throw ended(null);
      }
      return line;
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private IllegalStateException ended(IOException cause) {
    String last;
    try {
      List<String> lines = Files.readAllLines(errors);
      last = String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
    } catch (IOException e) {
      last = "(" + errors + " cannot be read)";
    }
    return new IllegalStateException(
        "A program ended unexpectedly. Its last words:\n" + last, cause);
  }

  /** CPU time of all its threads since it was started, in steps of 10 ms on Linux. */
  public Duration cpu() {
    return process
        .info()
        .totalCpuDuration()
        .orElseThrow(() -> new IllegalStateException("This platform tells no CPU times"));
  }

  /**
   * Does nothing while it runs.
   *
   * @throws IllegalStateException with its last words if it has ended
   */
  public void requireAlive() {
    if (!process.isAlive()) {
      throw ended(null);
    }
  }

  /** Ends it as a crash does, without a word to it; returns once it is gone. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Its number in the operating system. */
  public long pid() {
    return process.pid();
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
