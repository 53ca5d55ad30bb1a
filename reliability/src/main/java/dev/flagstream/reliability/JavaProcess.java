package dev.flagstream.reliability;

import dev.flagstream.local.FlagstreamCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command of the local stack as a process of its own, which can be killed and paused. */
final class JavaProcess implements AutoCloseable {

  private static final long STOP_SECONDS = 60;

  private final Process process;

  private JavaProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it from the jars of this program.
   *
   * @param jvmOptions beside those that all processes have
   * @param output the file to which all that it says is appended
   * @param environment variables that are added to those of this process
   */
  static JavaProcess start(
      int heapMb,
      List<String> jvmOptions,
      Path output,
      Map<String, String> environment,
      List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-Xmx" + heapMb + "m", "-Xss512k", "-XX:+UseSerialGC", "-XX:MetaspaceSize=128m"));
    command.addAll(jvmOptions);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), FlagstreamCommand.class.getName()));
    command.addAll(arguments);
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
      builder.environment().putAll(environment);
      Process process = builder.start();
      // It must not outlive a test that is broken off.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      if (!environment.isEmpty()) {
        CompletableFuture<Void> unused =
            process.onExit().thenRun(() -> WallClock.removeTraces(process.pid()));
      }
      return new JavaProcess(process);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start a process that writes to " + output, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it as {@code kill -9} does; returns when the process is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Sends SIGTERM and waits; a process that does not end within a minute is killed. */
  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** Sends SIGSTOP: it keeps its memory and its connections, and does nothing. */
  void pause() throws InterruptedException {
    signal("STOP");
  }

  /** Ends a pause. */
  void goOn() throws InterruptedException {
    signal("CONT");
  }

  /** Lets it run only a tenth of the time, in turns of a tenth of a second. */
  void slow(Duration lasts) throws InterruptedException {
    run(
        "bash",
        "-c",
        "end=$((SECONDS + $2)); while ((SECONDS < end)) && kill -STOP $1; do"
            + " sleep 0.09; kill -CONT $1; sleep 0.01; done",
        "slow",
        Long.toString(process.pid()),
        Long.toString(Math.max(1, lasts.toSeconds())));
  }

  /**
   * No write to any file succeeds from now on, as if the disk were full: the limit on the size of
   * its files is zero. Linux only.
   */
  void fillDisk() throws InterruptedException {
    limitFiles("0");
  }

  /** Writes succeed again; without effect if it has ended. */
  void freeDisk() throws InterruptedException {
    if (isAlive()) {
      limitFiles("unlimited");
    }
  }

  /** The soft limit alone: the hard one could not be raised again. */
  private void limitFiles(String bytes) throws InterruptedException {
    run("prlimit", "--pid", Long.toString(process.pid()), "--fsize=" + bytes + ":");
  }

  /** Its exit code, once it has ended. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  private void signal(String name) throws InterruptedException {
    run("kill", "-" + name, Long.toString(process.pid()));
  }

  private void run(String... command) throws InterruptedException {
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0 && isAlive()) {
        throw new IllegalStateException(String.join(" ", command) + " failed with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run " + command[0], e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
