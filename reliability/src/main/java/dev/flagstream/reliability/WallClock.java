package dev.flagstream.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The wall clock of a process, which can be set while it runs. That is the work of libfaketime, a
 * library that answers the process' questions for the time of day; the clock that only counts stays
 * as it is. For one thread.
 */
final class WallClock {

  /** The variant for programs of several threads. */
  private static final String LIBRARY = "libfaketimeMT.so.1";

  private static final List<Path> PLACES =
      List.of(Path.of("/usr/lib"), Path.of("/usr/lib64"), Path.of("/usr/local/lib"));

  private static final long MS_PER_SECOND = 1_000;

  private final Path library;
  private final Path file;

  /**
   * A clock that is right until it is set.
   *
   * @param library libfaketime, as {@link #library} finds it
   * @param file from which the process' library reads by how much the clock is wrong
   */
  WallClock(Path library, Path file) {
    this.library = library;
    this.file = file;
    set(0);
  }

  /** Where libfaketime is installed; empty if it is not. */
  static Optional<Path> library() {
    return PLACES.stream().flatMap(place -> find(place).stream()).findFirst();
  }

  /** Debian has it in a folder of the machine's architecture, others have not. */
  private static Optional<Path> find(Path place) {
    Path plain = place.resolve("faketime").resolve(LIBRARY);
    if (Files.isRegularFile(plain)) {
      return Optional.of(plain);
    }
    if (!Files.isDirectory(place)) {
      return Optional.empty();
    }
    try (DirectoryStream<Path> architectures = Files.newDirectoryStream(place, "*-linux-gnu*")) {
      for (Path architecture : architectures) {
        Path there = architecture.resolve("faketime").resolve(LIBRARY);
        if (Files.isRegularFile(there)) {
          return Optional.of(there);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for libfaketime in " + place, e);
    }
  }

  /** The environment of a process that has this clock. */
  Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAKETIME_TIMESTAMP_FILE", file.toString(),
        // How long a step may take to be seen, in seconds.
        "FAKETIME_CACHE_DURATION", "1",
        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
        // A way round a bug of other C libraries, by which every timed wait of a JVM ends at once.
        "FAKETIME_FORCE_MONOTONIC_FIX", "0");
  }

  /** Removes what libfaketime leaves in memory of a process that was killed. */
  static void removeTraces(long pid) {
    try {
      for (String name : List.of("sem.faketime_sem_", "faketime_shm_")) {
        Files.deleteIfExists(Path.of("/dev/shm", name + pid));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove what is left of process " + pid, e);
    }
  }

  /** How long it may take until the process sees that its clock was set, in milliseconds. */
  static long seenWithinMs() {
    return 2 * MS_PER_SECOND;
  }

  /**
   * Sets the clock.
   *
   * @param aheadMs by how much it is then ahead of the right time, or behind if it is negative; 0
   *     for the right time. Counted in whole seconds.
   */
  void set(long aheadMs) {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.writeString(draft, String.format(Locale.ROOT, "%+d%n", aheadMs / MS_PER_SECOND));
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot set the clock of " + file, e);
    }
  }
}
