package dev.flagstream.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where things are. */
final class ProjectFiles {

  /** The folder of the whole project: commands run in it, tests in the module's. */
  static final Path ROOT =
      Files.exists(Path.of("ksql"))
          ? Path.of("").toAbsolutePath()
          : Path.of("..").toAbsolutePath().normalize();

  private ProjectFiles() {}

  /** A new folder that is gone when the JVM ends. */
  static Path temporary(String name) {
    try {
      Path folder = Files.createTempDirectory("fuzz-" + name);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes a folder and all in it. */
  static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
