package dev.flagstream.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The command line as a process of its own, without a terminal. */
final class ChildProcess implements AutoCloseable {

  /** Far more than it takes: only a process that hangs ever gets there. */
  private static final Duration AT_MOST = Duration.ofMinutes(5);

  private static final long SIGINT_BIT = 1L << 1;

  private final Process process;
  private final Path output;

  private ChildProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts it.
   *
   * @param jvmOption one option of the JVM
   * @param output takes what it says
   */
  static ChildProcess start(Path output, String jvmOption, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            jvmOption,
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path")));
    command.add(FlagstreamCommand.class.getName());
    command.addAll(Arrays.asList(arguments));
    return new ChildProcess(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start(),
        output);
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it has said something. */
  void awaitSaid(String text) {
    await(text)
        .atMost(AT_MOST)
        .pollInterval(Duration.ofMillis(50))
        .failFast(
            "the process has ended: " + output, () -> !process.isAlive() && !said().contains(text))
        .until(() -> said().contains(text));
  }

  /** Everything it has said so far. */
  String said() throws IOException {
    return Files.readString(output, UTF_8);
  }

  void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start();
    assertThat(kill.waitFor()).as("kill -%s", name).isZero();
  }

  /**
   * Whether a child of this process ignores Ctrl-C: so it inherits it where the tests were started
   * in the background by a shell without job control.
   */
  static boolean ignoresInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.substring("SigIgn:".length()).strip(), 16))
          .anyMatch(ignored -> (ignored & SIGINT_BIT) != 0);
    }
  }

  /** Waits for its end; what it said holds no stack trace and no control character. */
  int exitCode() throws Exception {
    await("the end").atMost(AT_MOST).until(() -> !process.isAlive());
    assertThat(said()).doesNotContain("\tat ").doesNotContain("\u001b").doesNotContain("\r");
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
