package dev.flagstream.client.lake;

import dev.flagstream.client.lake.LakeStore.Stored;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The files of a table that count at some moment: those that are there, but for what {@link
 * Replacement}s say. Immutable.
 *
 * @param files in the order of their names
 * @param replaced the number of the last replacement of each day; none if there was none
 * @param settled whether each replacement is done
 */
record TableFiles(List<Stored> files, Map<String, Long> replaced, boolean settled) {

  private static final String PARQUET = ".parquet";

  /** What else is in a lake are the books of what writes it. */
  private static final String INTERNAL = "_";

  private static final int ATTEMPTS = 20;

  TableFiles {
    files = List.copyOf(files);
    replaced = Map.copyOf(replaced);
  }

  /** The tables of a lake, whether or not they have files. */
  static SortedSet<String> tables(LakeStore store) throws IOException {
    SortedSet<String> tables = new TreeSet<>(store.folders());
    tables.removeIf(name -> name.startsWith(INTERNAL));
    return tables;
  }

  /** The folder of the day that a file is in. */
  static String dayOf(Stored file) {
    return Replacement.dayOf(file.name());
  }

  /** What counts now, though others write and replace meanwhile. */
  static TableFiles of(LakeStore store, String table) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      List<Stored> before = store.list(Replacement.folder(table));
      List<Stored> there = store.list(table + "/");
      // A replacement that came meanwhile may have removed files before they were listed.
      if (before.equals(store.list(Replacement.folder(table)))) {
        Optional<TableFiles> counted = without(store, latest(before), there);
        if (counted.isPresent()) {
          return counted.get();
        }
      }
    }
    throw new StoreAwayException(
        "The files of %s in the lake %s were replaced %d times while they were listed; try again"
            .formatted(table, store.place(), ATTEMPTS),
        null);
  }

  /** The name of the last replacement of each day, or of what says that it is done. */
  static Map<String, String> latest(Collection<Stored> replacements) {
    Map<String, String> latest = new TreeMap<>();
    for (Stored each : replacements) {
      latest.merge(
          Replacement.dayOf(each.name()),
          each.name(),
          (one, other) -> {
            long more = Replacement.numberOf(other) - Replacement.numberOf(one);
            return more > 0 || (more == 0 && Replacement.isDone(other)) ? other : one;
          });
    }
    return latest;
  }

  /** Empty if a new file was moved meanwhile. */
  private static Optional<TableFiles> without(
      LakeStore store, Map<String, String> replacements, List<Stored> there) throws IOException {
    Map<String, Long> numbers = new HashMap<>();
    Set<String> left = new HashSet<>();
    List<Replacement> unfinished = new ArrayList<>();
    for (Map.Entry<String, String> day : replacements.entrySet()) {
      numbers.put(day.getKey(), Replacement.numberOf(day.getValue()));
      if (!Replacement.isDone(day.getValue())) {
        Replacement replacement = Replacement.read(store, day.getValue());
        left.addAll(replacement.inputs());
        unfinished.add(replacement);
      }
    }
    List<Stored> files = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Stored file : there) {
      if (file.name().endsWith(PARQUET) && !left.contains(file.name())) {
        files.add(file);
        names.add(file.name());
      }
    }
    for (Replacement replacement : unfinished) {
      if (!names.contains(replacement.output())) {
        List<Stored> pending = store.list(folderOf(replacement.pending()));
        Optional<Stored> found =
            pending.stream().filter(each -> each.name().equals(replacement.pending())).findFirst();
        if (found.isEmpty()) {
          return Optional.empty();
        }
        files.add(found.get());
      }
    }
    return Optional.of(new TableFiles(files, numbers, unfinished.isEmpty()));
  }

  private static String folderOf(String name) {
    return name.substring(0, name.lastIndexOf('/') + 1);
  }
}
