package dev.flagstream.local.lake;

import dev.flagstream.client.lake.LakeCompaction;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.client.lake.LakeStores;
import dev.flagstream.client.lake.ParquetTexts;
import dev.flagstream.local.failure.StackException;
import dev.flagstream.local.settings.StackSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How the local stack's commands find a lake. */
public final class Lakes {

  private static final String PLUGIN = "lake";

  /** Its being there says that there is a lake. */
  private static final String SINK = "decisions-lake";

  private Lakes() {}

  /** A reader of the lake that the settings name; empty if they name none. */
  public static Optional<LakeReader> reader(StackSettings settings) {
    return settings.lakeUrl().map(url -> reader(settings, url));
  }

  /**
   * A reader of the lake that the settings name, or that there is a sink to.
   *
   * @param url where that is, if the settings name none
   * @param sinks the names of those that Connect has
   * @throws StackException if Connect has a sink to a lake, and it is not there
   */
  public static Optional<LakeReader> running(
      StackSettings settings, String url, Set<String> sinks) {
    if (settings.lakeUrl().isEmpty() && !sinks.contains(SINK)) {
      return Optional.empty();
    }
    String place = settings.lakeUrl().orElse(url);
    if (LakeStores.isFolder(place) && isSomethingElse(Path.of(place), settings)) {
      throw new StackException(
          "Connect at %s has a sink to a lake, and there is none in %s. Say where it is: LAKE_URL=… of make, such as s3://flagstream/lake?endpoint=http://127.0.0.1:9000 of the containers (--lake-url)"
              .formatted(settings.connectUrl(), place));
    }
    return Optional.of(reader(settings, place));
  }

  /**
   * Whether a folder is not there, where no setting asks for it, or has files alone, as that of the
   * containers has, where the credentials are.
   */
  private static boolean isSomethingElse(Path folder, StackSettings settings) {
    if (!Files.isDirectory(folder)) {
      return settings.lakeUrl().isEmpty();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      List<Path> all = entries.toList();
      return !all.isEmpty() && all.stream().noneMatch(Files::isDirectory);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read what is in " + folder, e);
    }
  }

  /**
   * A reader of a lake.
   *
   * @throws StackException if what reads it was not built, or the address is none
   */
  public static LakeReader reader(StackSettings settings, String url) {
    try {
      return LakeReader.of(plugin(settings), url, cache(settings));
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new StackException(e.getMessage(), e);
    }
  }

  /**
   * What merges the files of a lake.
   *
   * @throws StackException if there is none, what reads it was not built, or the address is none
   */
  public static LakeCompaction compaction(StackSettings settings, String url) {
    if (LakeStores.isFolder(url) && !Files.isDirectory(Path.of(url))) {
      throw new StackException(
          "There is no lake in %s. Say where it is: LAKE_URL=… of make (--lake-url)"
              .formatted(url));
    }
    try {
      return LakeCompaction.of(plugin(settings), url, cache(settings));
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new StackException(e.getMessage(), e);
    }
  }

  /**
   * Reads files of rows, wherever they are.
   *
   * @throws StackException if what reads them was not built
   */
  public static ParquetTexts texts(StackSettings settings) throws IOException {
    try {
      return ParquetTexts.of(plugin(settings));
    } catch (IllegalStateException e) {
      throw new StackException(e.getMessage(), e);
    }
  }

  private static Path plugin(StackSettings settings) {
    return settings.lakeSinkPlugins().resolve(PLUGIN);
  }

  /** Where the files of a lake in an object store are kept. */
  private static Path cache(StackSettings settings) {
    return settings.data().resolve("lake-cache");
  }
}
