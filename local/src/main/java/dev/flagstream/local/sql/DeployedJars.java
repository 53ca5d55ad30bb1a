package dev.flagstream.local.sql;

import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The way of a UDF jar from the build into the running SQL server: the extension directory, and a
 * copy of what the server has loaded from it.
 */
public final class DeployedJars {

  private final Path built;
  private final Path deployed;
  private final Path loaded;

  /** The jars of a stack. */
  public DeployedJars(StackSettings settings) {
    built = settings.builtUdfJar();
    deployed = settings.extensions().resolve(built.getFileName());
    loaded = settings.data().resolve("sql/loaded").resolve(built.getFileName());
  }

  /**
   * Puts the jar of the build into the extension directory, unless the same one is there.
   *
   * @return whether a jar was put there
   */
  public boolean deploy() {
    if (!Files.exists(built)) {
      throw new StackException("There is no UDF jar at " + built + ". Build it with: make build");
    }
    return copy(built, deployed);
  }

  /** Notes that the server runs with the jar that is now in the extension directory. */
  public void markLoaded() {
    copy(deployed, loaded);
  }

  /**
   * Whether the latest server runs, or ran, with the jar that is now in the extension directory.
   */
  public boolean isLoaded() {
    try {
      return !Files.exists(deployed)
          || (Files.exists(loaded) && Files.mismatch(deployed, loaded) == -1);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot compare " + deployed + " with " + loaded, e);
    }
  }

  /**
   * Copies to a second name first, so that nobody who watches the directory ever sees half a jar.
   */
  private static boolean copy(Path from, Path to) {
    try {
      if (Files.exists(to) && Files.mismatch(from, to) == -1) {
        return false;
      }
      Files.createDirectories(to.getParent());
      Path beside = to.resolveSibling(to.getFileName() + ".new");
      Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
      Files.move(beside, to, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy " + from + " to " + to, e);
    }
  }
}
