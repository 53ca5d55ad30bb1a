package dev.flagstream.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WallClockTest {

  @TempDir private Path folder;

  @Test
  void setsTheClockOfAProcessWhileItRuns() throws Exception {
    Optional<Path> library = WallClock.library();
    assumeThat(library)
        .as("libfaketime is not installed; reliability/install-faketime.sh does it")
        .isPresent();
    WallClock clock = new WallClock(library.get(), folder.resolve("clock.txt"));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            TellsTheTime.class.getName());
    builder.environment().putAll(clock.environment());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    try (BufferedReader times = process.inputReader(StandardCharsets.UTF_8)) {
      awaitAhead(times, Duration.ZERO);
      clock.set(Duration.ofHours(2).toMillis());
      awaitAhead(times, Duration.ofHours(2));
      clock.set(-Duration.ofMinutes(30).toMillis());
      awaitAhead(times, Duration.ofMinutes(-30));
      clock.set(0);
      awaitAhead(times, Duration.ZERO);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Reads what the process says, until its clock is ahead of this one's by so much. */
  private static void awaitAhead(BufferedReader times, Duration expected) throws IOException {
    while (true) {
      String line = times.readLine();
      assertThat(line).as("the process ended").isNotNull();
      String[] said = line.split(" ", -1);
      Duration ahead = Duration.ofMillis(Long.parseLong(said[0]) - System.currentTimeMillis());
      assertThat(Long.parseLong(said[1])).as("ms of a wait of 50").isBetween(49L, 60_000L);
      if (ahead.minus(expected).abs().compareTo(Duration.ofMinutes(5)) < 0) {
        return;
      }
    }
  }

  /** What is looked at: the time of day, and how long a timed wait lasts. */
  static final class TellsTheTime {

    private TellsTheTime() {}

    /** Tells both until the process is ended. */
    public static void main(String[] args) throws InterruptedException {
      Object lock = new Object();
      while (true) {
        long begin = System.nanoTime();
        synchronized (lock) {
          lock.wait(50); // nobody notifies: the time has to pass
        }
        System.out.println(
            System.currentTimeMillis() + " " + (System.nanoTime() - begin) / 1_000_000);
      }
    }
  }
}
