package dev.flagstream.client.lake;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Replaces files of a table, so that whoever asks {@link TableFiles} has each row once at every
 * moment, wherever this is killed:
 *
 * <ol>
 *   <li>The new file is stored under a name that no reader looks at.
 *   <li>A {@link Replacement} that names it is created. Only now does it count. Its name has the
 *       number after that of the last replacement that was known when the old files were read, so
 *       that one which was made from files that have been replaced since does not get in.
 *   <li>The new file is moved, the old ones are removed, and it is noted that this is done.
 *   <li>What a kill has left of the last step is done when the table is touched the next time.
 * </ol>
 *
 * <p>For one thread.
 */
final class Replacements {

  private static final String PENDING = "_pending/_replaced/";

  private final LakeStore store;
  private final String table;

  Replacements(LakeStore store, String table) {
    this.store = store;
    this.table = table;
  }

  /** The folder of the table. */
  String table() {
    return table;
  }

  private String outputName(String day, String reason, long number) {
    return "%s/%s/%s-%09d.parquet".formatted(table, day, reason, number);
  }

  /** What came of a replacement. */
  LakeStore.Stored output(Draft draft, String reason, long bytes) {
    return new LakeStore.Stored(
        outputName(draft.day(), reason, draft.number()), bytes, "n" + draft.number());
  }

  /** The files that count, after what was committed is completed. */
  TableFiles settled() throws IOException {
    while (true) {
      finish();
      TableFiles files = TableFiles.of(store, table);
      if (files.settled()) {
        return files;
      }
    }
  }

  private void finish() throws IOException {
    for (String name : TableFiles.latest(store.list(Replacement.folder(table))).values()) {
      if (!Replacement.isDone(name)) {
        finish(Replacement.read(store, name));
      }
    }
  }

  private void finish(Replacement replacement) throws IOException {
    store.move(replacement.pending(), replacement.output());
    for (String input : replacement.inputs()) {
      store.delete(input);
    }
    store.create(replacement.doneName(), new byte[0]);
  }

  /** A local file to write the rows to. */
  Draft draft(String day, long number) throws IOException {
    String name =
        "%s%s/%s/%09d-%s.parquet".formatted(PENDING, table, day, number, UUID.randomUUID());
    return new Draft(day, number, name, store.draft(name));
  }

  /**
   * A new file that is being made.
   *
   * @param number of the replacement
   * @param pending its name in the store
   * @param file on this machine
   */
  record Draft(String day, long number, String pending, Path file) {}

  /**
   * Has a draft take the place of files, which were {@link #settled}.
   *
   * @return false if others were replaced meanwhile; nothing has changed then
   */
  boolean replace(List<String> inputs, Draft draft, long rows, String reason, long nowMs)
      throws IOException {
    store.put(draft.pending(), draft.file());
    Replacement replacement =
        new Replacement(
            table,
            draft.day(),
            draft.number(),
            reason,
            nowMs,
            inputs,
            draft.pending(),
            outputName(draft.day(), reason, draft.number()),
            rows);
    if (!store.create(replacement.name(), replacement.bytes())) {
      store.delete(draft.pending());
      return false;
    }
    // The one of that number may have been tidied away, if this took very long.
    if (!store.list(Replacement.folder(table) + draft.day() + "/", replacement.name()).isEmpty()) {
      store.delete(replacement.name());
      store.delete(draft.pending());
      return false;
    }
    finish(replacement);
    return true;
  }

  /**
   * Removes what nothing will ever name: drafts that were not committed in time, and replacements
   * before the last.
   */
  void removeLeftovers() throws IOException {
    List<LakeStore.Stored> replacements = store.list(Replacement.folder(table));
    Map<String, String> latest = TableFiles.latest(replacements);
    Map<String, Long> done = new HashMap<>();
    latest.forEach(
        (day, name) ->
            done.put(day, Replacement.numberOf(name) - (Replacement.isDone(name) ? 0 : 1)));
    for (LakeStore.Stored each : replacements) {
      String last = latest.get(Replacement.dayOf(each.name()));
      if (Replacement.numberOf(each.name()) < Replacement.numberOf(last)) {
        store.delete(each.name());
      }
    }
    for (LakeStore.Stored each : store.list(PENDING + table + "/")) {
      String file = each.name().substring(each.name().lastIndexOf('/') + 1);
      long number = Long.parseLong(file.substring(0, file.indexOf('-')));
      if (number <= done.getOrDefault(Replacement.dayOf(each.name()), 0L)) {
        store.delete(each.name());
      }
    }
  }
}
