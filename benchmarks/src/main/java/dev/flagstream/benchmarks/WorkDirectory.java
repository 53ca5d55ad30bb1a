package dev.flagstream.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A directory of a measurement's own, gone with all that is in it when it is closed.
 *
 * @param path where it is
 */
public record WorkDirectory(Path path) implements AutoCloseable {

  /** A new and empty one. */
  public static WorkDirectory create(String name) throws IOException {
    return new WorkDirectory(Files.createTempDirectory("flagstream-" + name));
  }

  /** A file or directory in it. */
  public Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
