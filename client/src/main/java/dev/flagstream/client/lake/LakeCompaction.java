package dev.flagstream.client.lake;

import dev.flagstream.client.lake.LakeStore.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Merges the small files of a lake, which a slow stream makes many of, and removes what its sink no
 * longer needs, while the sink writes and people ask. A kill at any moment does no harm, and doing
 * it again completes it; when all is merged, nothing is done. For one thread.
 *
 * <p>The files of the last write of each partition stay: a sink that starts anew may be about to
 * move them to where they are.
 */
public final class LakeCompaction {

  /** A file below this size is small. */
  private static final long SMALL_BYTES = 32L << 20;

  /** About what is merged into one file. */
  private static final long MERGED_BYTES = 128L << 20;

  private static final String MERGED = "merged";
  private static final Pattern DAY = Pattern.compile("day=[+-]?\\d{4,9}-\\d{2}-\\d{2}");

  /** Besides what is merged in memory, which DuckDB takes row by row. */
  private static final String MEMORY = "SET memory_limit = '1GB'";

  private final Driver driver;
  private final LakeStore store;
  private final LakeCache cache;
  private final InstantSource clock;

  private LakeCompaction(Driver driver, LakeStore store, LakeCache cache, InstantSource clock) {
    this.driver = driver;
    this.store = store;
    this.cache = cache;
    this.clock = clock;
  }

  /**
   * What merges a lake.
   *
   * @param plugins as {@link LakeReader#of} has it
   * @throws IllegalStateException naming what is missing, and what to do
   * @throws IllegalArgumentException saying what is wrong with the address
   */
  public static LakeCompaction of(Path plugins, String url, Path cache) {
    return of(
        LakeDatabase.driver(plugins),
        LakeStores.open(url, LakeDatabase.stores(plugins)),
        cache,
        InstantSource.system());
  }

  /** The same with a driver of DuckDB and a store that are open already. */
  public static LakeCompaction of(Driver driver, LakeStore store, Path cache, InstantSource clock) {
    return new LakeCompaction(driver, store, LakeCache.in(cache.toAbsolutePath()), clock);
  }

  /**
   * What was done.
   *
   * @param tables by name
   * @param manifests how many were removed of writes before the last of their partition
   */
  public record Report(Map<String, Table> tables, long manifests) {}

  /**
   * What was done to a table.
   *
   * @param days how many had files to merge
   * @param files how many were merged
   * @param left how many came of them
   * @param rows how many are in these
   * @param bytes the size of the files before
   * @param bytesLeft their size now
   */
  public record Table(int days, int files, int left, long rows, long bytes, long bytesLeft) {

    private static final Table NOTHING = new Table(0, 0, 0, 0, 0, 0);

    private Table and(Table more) {
      return new Table(
          days + more.days,
          files + more.files,
          left + more.left,
          rows + more.rows,
          bytes + more.bytes,
          bytesLeft + more.bytesLeft);
    }
  }

  /**
   * Merges what is small of all days before one.
   *
   * @param before by the event days of the rows, in UTC
   * @throws IOException if the lake does not answer; what was merged until then is
   * @throws SQLException if a file cannot be read or written
   */
  public Report run(LocalDate before) throws IOException, SQLException {
    Map<String, Table> tables = new TreeMap<>();
    long manifests = removeManifests();
    for (String table : TableFiles.tables(store)) {
      Table merged = merge(table, before);
      if (merged.files() > 0) {
        tables.put(table, merged);
      }
    }
    return new Report(tables, manifests);
  }

  /** A sink goes on from the last one of each partition, and reads no other. */
  private long removeManifests() throws IOException {
    long removed = 0;
    Stored last = null;
    for (Stored each : store.list(CommitManifest.FOLDER)) {
      if (last != null && folderOf(last).equals(folderOf(each))) {
        store.delete(last.name());
        removed++;
      }
      last = each;
    }
    return removed;
  }

  private static String folderOf(Stored file) {
    return file.name().substring(0, file.name().lastIndexOf('/'));
  }

  /** The files that a sink may be about to move to where they are. */
  private Set<String> lastWritten() throws IOException {
    Map<String, String> last = new HashMap<>();
    store.list(CommitManifest.FOLDER).forEach(each -> last.put(folderOf(each), each.name()));
    Set<String> files = new HashSet<>();
    for (String manifest : last.values()) {
      CommitManifest.read(store, manifest).files().forEach(file -> files.add(file.name()));
    }
    return files;
  }

  private Table merge(String table, LocalDate before) throws IOException, SQLException {
    Replacements replacements = new Replacements(store, table);
    TableFiles files = replacements.settled();
    // Only now: a file that was listed and is not of the last write was moved for good.
    Set<String> untouched = lastWritten();
    Map<String, List<Stored>> small = new TreeMap<>();
    for (Stored file : files.files()) {
      if (isBefore(TableFiles.dayOf(file), before)
          && file.bytes() < SMALL_BYTES
          && !untouched.contains(file.name())) {
        small.computeIfAbsent(TableFiles.dayOf(file), day -> new ArrayList<>()).add(file);
      }
    }
    Table merged = Table.NOTHING;
    for (Map.Entry<String, List<Stored>> day : small.entrySet()) {
      long number = files.replaced().getOrDefault(day.getKey(), 0L);
      merged = merged.and(mergeDay(replacements, day.getKey(), day.getValue(), number));
    }
    replacements.removeLeftovers();
    return merged;
  }

  private static boolean isBefore(String folder, LocalDate before) {
    return DAY.matcher(folder).matches()
        && LocalDate.parse(folder.substring(folder.indexOf('=') + 1)).isBefore(before);
  }

  /** Until at most one small file is left, as what comes of many may be small, too. */
  private Table mergeDay(Replacements replacements, String day, List<Stored> files, long replaced)
      throws IOException, SQLException {
    Map<String, Merged> made = new HashMap<>();
    Set<String> gone = new HashSet<>();
    long bytesGone = 0;
    Deque<Stored> small = new ArrayDeque<>(files);
    long number = replaced;
    boolean alone = true;
    while (alone && small.size() > 1) {
      List<Stored> group = group(small);
      number++;
      Replacements.Draft draft = replacements.draft(day, number);
      long rows = write(group, replacements.table(), draft.file());
      Stored output = replacements.output(draft, MERGED, Files.size(draft.file()));
      List<String> names = group.stream().map(Stored::name).toList();
      // If not, somebody else is at it.
      alone = replacements.replace(names, draft, rows, MERGED, clock.millis());
      if (alone) {
        for (Stored each : group) {
          if (made.remove(each.name()) == null && gone.add(each.name())) {
            bytesGone += each.bytes();
          }
        }
        made.put(output.name(), new Merged(output.bytes(), rows));
        if (output.bytes() < SMALL_BYTES) {
          small.add(output);
        }
      }
    }
    return new Table(
        made.isEmpty() ? 0 : 1,
        gone.size(),
        made.size(),
        made.values().stream().mapToLong(Merged::rows).sum(),
        bytesGone,
        made.values().stream().mapToLong(Merged::bytes).sum());
  }

  /** A file that was made. */
  private record Merged(long bytes, long rows) {}

  /** The first of them that together are about as large as a file should be, two at least. */
  private static List<Stored> group(Deque<Stored> small) {
    List<Stored> group = new ArrayList<>();
    long bytes = 0;
    while (!small.isEmpty() && (group.size() < 2 || bytes < MERGED_BYTES)) {
      Stored next = small.remove();
      bytes += next.bytes();
      group.add(next);
    }
    return group;
  }

  /** How many rows were written, which are as many as there were. */
  private long write(List<Stored> files, String table, Path draft)
      throws IOException, SQLException {
    List<Path> here = cache.some(store, files);
    String rows = LakeDatabase.rows(here, false);
    try (Connection connection = LakeDatabase.connect(driver);
        Statement statement = connection.createStatement()) {
      statement.execute(MEMORY);
      statement.execute("SET threads = 1");
      LakeDatabase.write(statement, "(SELECT * FROM " + rows + ")", draft);
      long before = LakeDatabase.count(statement, rows, "true");
      long after = LakeDatabase.count(statement, LakeDatabase.rows(List.of(draft), false), "true");
      if (before != after) {
        throw new IOException(
            "%d files of %s have %d rows, and what was made of them %d: nothing was replaced"
                .formatted(files.size(), table, before, after));
      }
      return after;
    } finally {
      cache.drop(here);
    }
  }
}
