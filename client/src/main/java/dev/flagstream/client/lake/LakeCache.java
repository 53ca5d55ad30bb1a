package dev.flagstream.client.lake;

import dev.flagstream.client.lake.LakeStore.Stored;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of a lake that is elsewhere, on this machine: what counts there and was asked for, and
 * nothing that no longer counts. Several processes may share the folder.
 *
 * @param folder where they are; of a lake that is a folder, it stays empty
 * @param mostBytes how large it may become
 */
record LakeCache(Path folder, long mostBytes) {

  private static final String SETTING = "LAKE_CACHE_GB";
  private static final long DEFAULT_GB = 20;
  private static final long GB = 1L << 30;

  /** With the size that the environment says. */
  static LakeCache in(Path folder) {
    String size = System.getenv().getOrDefault(SETTING, Long.toString(DEFAULT_GB));
    if (!size.matches("[1-9][0-9]{0,5}")) {
      throw new IllegalStateException(
          "%s=%s in the environment is no number of GiB: give 1 to 999999"
              .formatted(SETTING, size));
    }
    return new LakeCache(folder, Long.parseLong(size) * GB);
  }

  /**
   * Files of a table on this machine, in their order.
   *
   * @throws IOException naming the sizes if they are more than may be here
   */
  List<Path> files(LakeStore store, String table, List<Stored> files) throws IOException {
    long bytes = files.stream().mapToLong(Stored::bytes).sum();
    if (store instanceof FolderStore) {
      return some(store, files);
    }
    if (bytes > mostBytes) {
      throw new IOException(
          "%s in the lake %s has %,d MiB, more than %s=%d lets be on this machine, in %s. Raise it, or have DuckDB's httpfs read the lake where it is"
              .formatted(table, store.place(), bytes >> 20, SETTING, mostBytes / GB, folder));
    }
    List<Path> local = new ArrayList<>();
    for (Stored file : files) {
      Path here = store.fetch(file, folder);
      Files.setLastModifiedTime(here, FileTime.from(Instant.now()));
      local.add(here);
    }
    clean(table, new HashSet<>(local));
    return local;
  }

  /** Files that are needed once, on this machine. */
  List<Path> some(LakeStore store, List<Stored> files) throws IOException {
    List<Path> local = new ArrayList<>();
    for (Stored file : files) {
      local.add(store.fetch(file, folder));
    }
    return local;
  }

  /** Removes files that are needed no more, as far as they are only kept here. */
  void drop(List<Path> files) throws IOException {
    for (Path file : files) {
      if (file.startsWith(folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Removes what does not count any more, and of other tables the oldest, as far as needed. */
  private void clean(String table, Set<Path> wanted) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> others = new ArrayList<>();
    long bytes = 0;
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (wanted.contains(file)) {
          bytes += Files.size(file);
        } else if (file.startsWith(folder.resolve(table))) {
          Files.deleteIfExists(file);
        } else {
          bytes += Files.size(file);
          others.add(file);
        }
      }
    } catch (NoSuchFileException | UncheckedIOException e) {
      // Another process is cleaning it.
      return;
    }
    others.sort(Comparator.comparing(file -> file.toFile().lastModified()));
    for (Path file : others) {
      if (bytes > mostBytes) {
        bytes -= file.toFile().length();
        Files.deleteIfExists(file);
      }
    }
  }
}
