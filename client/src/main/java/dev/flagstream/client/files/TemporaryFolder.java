package dev.flagstream.client.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder among the machine's temporary ones, for its owner alone. It goes with all that is in it
 * when it is closed or the process ends; what a process left that was killed goes when the next
 * folder of its kind is made. What cannot be deleted stays: others empty that place, too.
 * Thread-safe.
 */
public final class TemporaryFolder implements AutoCloseable {

  private final Path path;
  private final Thread atExit;

  private TemporaryFolder(Path path) {
    this.path = path;
    atExit = new Thread(() -> delete(path), "temporary-folder");
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Makes an empty folder where {@code java.io.tmpdir} says.
   *
   * @param kind begins its name, as in {@code flagstream-ledger}; the process' id follows
   * @throws IOException if no folder can be made there
   */
  public static TemporaryFolder make(String kind) throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    deleteLeftOver(parent, Pattern.compile(Pattern.quote(kind) + "-(\\d{1,18})-.*"));
    String prefix = kind + "-" + ProcessHandle.current().pid() + "-";
    return new TemporaryFolder(Files.createTempDirectory(parent, prefix));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  private static void deleteLeftOver(Path parent, Pattern name) throws IOException {
    try (Stream<Path> folders = Files.list(parent)) {
      folders.filter(folder -> isLeftOver(folder, name)).forEach(TemporaryFolder::delete);
    }
  }

  private static boolean isLeftOver(Path folder, Pattern pattern) {
    Matcher name = pattern.matcher(folder.getFileName().toString());
    return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
  }

  private static void delete(Path folder) {
    List<Path> all = new ArrayList<>();
    try (Stream<Path> found = Files.walk(folder)) {
      found.forEach(all::add);
    } catch (IOException | UncheckedIOException e) {
      // It is another user's, or somebody deletes it at the same time.
    }
    for (int i = all.size() - 1; i >= 0; i--) {
      try {
        Files.deleteIfExists(all.get(i));
      } catch (IOException e) {
        // The folder that it is in stays, too, until the next attempt.
      }
    }
  }

  @Override
  public void close() {
    delete(path);
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is about to end, and the hook finds nothing any more.
    }
  }
}
