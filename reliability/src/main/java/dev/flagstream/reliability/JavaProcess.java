package dev.flagstream.reliability;

import dev.flagstream.local.FlagstreamCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
   * @param output the file to which all that it says is appended
   */
  static JavaProcess start(int heapMb, Path output, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx" + heapMb + "m",
            "-Xss512k",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=128m",
            "-cp",
            System.getProperty("java.class.path"),
            FlagstreamCommand.class.getName()));
    command.addAll(arguments);
    try {
      return new JavaProcess(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start());
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

  /** Its exit code, once it has ended. */
  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  private void signal(String name) throws InterruptedException {
    try {
      int code =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " failed with " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot run kill", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
