package dev.flagstream.lake;

import static dev.flagstream.lake.LakeSinkTaskTest.NOON;
import static dev.flagstream.lake.LakeSinkTaskTest.ONE;
import static dev.flagstream.lake.LakeSinkTaskTest.ZERO;
import static dev.flagstream.lake.LakeSinkTaskTest.decision;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.client.lake.LakeCompaction;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.client.lake.LakeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What merges the sink's files, in a folder and in an object store, killed at every step. */
class LakeCompactionTest extends LakeRuns {

  private static final LocalDate LATER = LocalDate.parse("2027-01-01");

  // -------------------------------------------------------------------------------------- merging

  @ParameterizedTest
  @MethodSource("places")
  void showsEachRowOnceAtEveryMomentWhereverMergingIsKilled(LakePlace place) throws Exception {
    int kills = 0;
    for (boolean unanswered : List.of(false, true)) {
      boolean killed = true;
      for (int step = 0; killed; step++) {
        String lake = "merged-" + unanswered + "-" + step;
        assertThat(runUntilKilled(place.open(lake))).isFalse();
        killed = mergeUntilKilled(place.killed(lake, step, unanswered));
        kills += killed ? 1 : 0;
        try (LakeStore store = place.open(lake)) {
          assertThat(rows(store))
              .as("step %d, unanswered %s", step, unanswered)
              .isEqualTo(all(RECORDS));
          mergeUntilKilled(place.killed(lake, step / 2, unanswered));
          assertThat(rows(store)).isEqualTo(all(RECORDS));

          merge(store);
          assertThat(rows(store)).isEqualTo(all(RECORDS));
          assertThat(store.list("_pending/")).as("left over at step %d", step).isEmpty();
          List<LakeStore.Stored> merged = store.list("");
          LakeCompaction.Report again = merge(store);
          assertThat(again.tables()).isEmpty();
          assertThat(again.manifests()).isZero();
          assertThat(store.list("")).isEqualTo(merged);
        }
        // The sink goes on from what is left of its books.
        assertThat(runUntilKilled(place.open(lake))).isFalse();
        try (LakeStore store = place.open(lake)) {
          assertThat(rows(store)).isEqualTo(all(RECORDS));
        }
      }
    }
    assertThat(kills).isGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("places")
  void mergesDaysThatAreOverAndSaysWhatItDid(LakePlace place) throws Exception {
    assertThat(runUntilKilled(place.open("days"))).isFalse();
    try (LakeStore store = place.open("days")) {
      long before = store.list("decisions/").size();

      LakeCompaction.Report report =
          compaction(store).run(LocalDate.ofInstant(NOON, ZoneOffset.UTC).plusDays(1));

      LakeCompaction.Table table = report.tables().get("decisions");
      assertThat(table.days()).isEqualTo(1);
      assertThat(table.left()).isEqualTo(1);
      assertThat(store.list("decisions/")).hasSize((int) before - table.files() + 1);
      assertThat(report.manifests()).isPositive();
      assertThat(rows(store)).isEqualTo(all(RECORDS));
    }
  }

  @ParameterizedTest
  @MethodSource("places")
  void removesAPersonsRowsFromMergedFilesAndOthers(LakePlace place) throws Exception {
    assertThat(runUntilKilled(place.open("person"))).isFalse();
    try (LakeStore store = place.open("person")) {
      merge(store);
      LakeReader reader = LakeReader.of(new DuckDBDriver(), store, cache());

      long removed =
          reader.removeRows(
              Map.of("transaction_id", Set.of(ZERO + "-0", ZERO + "-1", ONE + "-15", "nobody")));

      assertThat(removed).isEqualTo(3);
      List<String> left = all(RECORDS);
      left.removeAll(List.of("0@0", "0@1", "1@15"));
      assertThat(rows(store)).isEqualTo(left);
      merge(store);
      assertThat(rows(store)).isEqualTo(left);
    }
    // Nor does the sink bring them back.
    assertThat(runUntilKilled(place.open("person"))).isFalse();
    try (LakeStore store = place.open("person")) {
      assertThat(rows(store)).hasSize(2 * RECORDS - 3);
    }
  }

  /** Somebody who was paused for long must not replace what has been replaced since. */
  @ParameterizedTest
  @MethodSource("places")
  void doesNotTakeRowsOfATaskThatWasPausedWhileItsPlaceWasTidiedAway(LakePlace place)
      throws Exception {
    LakeSinkTask paused = task(place.open("paused"), new LakeTaskContext());
    paused.open(List.of(ZERO));
    paused.put(List.of(decision(ZERO, 0), decision(ZERO, 1)));
    assertThat(runUntilKilled(place.open("paused"))).isFalse();
    try (LakeStore store = place.open("paused")) {
      merge(store);

      nanos.addAndGet(1_000_000_000L);
      assertThatThrownBy(() -> paused.put(List.of(decision(ZERO, 2))))
          .hasMessageContaining("Another task has written scored_transactions-0");
      paused.stop();

      assertThat(rows(store)).isEqualTo(all(RECORDS));
      assertThat(store.list("_commits/" + ZERO.topic() + "/0/")).hasSize(1);
    }
  }

  @Test
  void keepsOfAnObjectStoreWhatWasAskedForAndCountsAndNothingElse() throws Exception {
    LakePlace place = LakePlace.bucket(objects);
    assertThat(runUntilKilled(place.open("cached"))).isFalse();
    Path cache = cache();
    try (LakeStore store = place.open("cached")) {
      LakeReader reader = LakeReader.of(new DuckDBDriver(), store, cache);

      reader.ask("SELECT 1", rows -> {});
      assertThat(files(cache)).isZero();
      reader.ask("SELECT count(*) FROM decisions", rows -> {});
      assertThat(files(cache)).isEqualTo(store.list("decisions/").size());
      merge(store);
      reader.ask("SELECT count(*) FROM decisions", rows -> {});
      assertThat(files(cache)).isEqualTo(store.list("decisions/").size());
    }
  }

  private static long files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  private LakeCompaction compaction(LakeStore store) throws IOException {
    return LakeCompaction.of(new DuckDBDriver(), store, cache(), CLOCK);
  }

  private LakeCompaction.Report merge(LakeStore store) throws IOException, SQLException {
    return compaction(store).run(LATER);
  }

  private boolean mergeUntilKilled(LakeStore store) throws IOException, SQLException {
    try {
      merge(store);
      return false;
    } catch (StoppedStore.Killed e) {
      return true;
    } finally {
      store.close();
    }
  }
}
