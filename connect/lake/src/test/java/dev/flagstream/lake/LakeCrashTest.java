package dev.flagstream.lake;

import static dev.flagstream.lake.LakeSinkTaskTest.NOON;
import static dev.flagstream.lake.LakeSinkTaskTest.ONE;
import static dev.flagstream.lake.LakeSinkTaskTest.ZERO;
import static dev.flagstream.lake.LakeSinkTaskTest.decision;
import static dev.flagstream.lake.LakeSinkTaskTest.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.client.lake.LakeCompaction;
import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.client.lake.LakeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sink and what merges its files, in a folder and in an object store, killed at every step. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LakeCrashTest {

  private static final int RECORDS = 16;
  private static final LocalDate LATER = LocalDate.parse("2027-01-01");
  private static final InstantSource CLOCK = InstantSource.fixed(NOON);

  @TempDir private Path folder;

  private final AtomicLong nanos = new AtomicLong();
  private S3StandIn objects;

  @BeforeAll
  void startTheObjectStore() throws Exception {
    objects = S3StandIn.start();
  }

  @AfterAll
  void stopTheObjectStore() throws Exception {
    objects.end();
  }

  Stream<LakePlace> places() {
    return Stream.of(LakePlace.folder(folder), LakePlace.bucket(objects));
  }

  // -------------------------------------------------------------------------------- each record
  // once

  @ParameterizedTest
  @MethodSource("places")
  void hasEachRecordOnceWhereverTheTaskIsKilled(LakePlace place) throws Exception {
    int kills = 0;
    for (boolean unanswered : List.of(false, true)) {
      boolean killed = true;
      for (int step = 0; killed; step++) {
        String lake = "sink-" + unanswered + "-" + step;
        killed = runUntilKilled(place.killed(lake, step, unanswered));
        kills += killed ? 1 : 0;
        // The next one is killed, too: at the same step of its own work.
        runUntilKilled(place.killed(lake, step / 2, unanswered));
        assertThat(runUntilKilled(place.open(lake))).isFalse();
        // And one that finds all done.
        assertThat(runUntilKilled(place.open(lake))).isFalse();

        try (LakeStore store = place.open(lake)) {
          assertThat(rows(store))
              .as("step %d, unanswered %s", step, unanswered)
              .isEqualTo(all(RECORDS));
          assertThat(store.list("_pending/")).as("left over at step %d", step).isEmpty();
        }
      }
    }
    assertThat(kills).isGreaterThan(50);
  }

  /** As Connect runs it: from where the task wants to go on to the end of both partitions. */
  private boolean runUntilKilled(LakeStore store) {
    LakeTaskContext connect = new LakeTaskContext();
    LakeSinkTask task = task(store, connect);
    try {
      task.open(List.of(ZERO, ONE));
      List<SinkRecord> batch = new ArrayList<>();
      for (int offset = 0; offset < RECORDS; offset++) {
        for (TopicPartition partition : List.of(ZERO, ONE)) {
          if (offset >= connect.positions().get(partition)) {
            batch.add(decision(partition, offset));
          }
        }
        if (batch.size() >= 7) {
          task.put(batch);
          batch = new ArrayList<>();
        }
      }
      task.put(batch);
      task.close(List.of(ZERO, ONE));
      return false;
    } catch (StoppedStore.Killed e) {
      return true;
    } finally {
      task.stop();
    }
  }

  private LakeSinkTask task(LakeStore store, LakeTaskContext connect) {
    LakeSinkTask task = new LakeSinkTask(each -> store, nanos::get, CLOCK);
    task.initialize(connect);
    task.start(settings(store.place()));
    return task;
  }

  // ------------------------------------------------------------------------------- the store is
  // away

  @Test
  void goesOnWhereItWasOnceTheStoreThatWasAwayIsBack() throws Exception {
    String lake = "away";
    LakePlace place = LakePlace.bucket(objects);
    LakeTaskContext connect = new LakeTaskContext();
    LakeSinkTask task = task(place.open(lake), connect);
    task.open(List.of(ZERO, ONE));
    task.put(batch(0, 6));
    List<SinkRecord> brought = batch(6, 12);

    objects.stop();
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThatThrownBy(() -> task.put(brought))
          .isInstanceOf(RetriableException.class)
          .hasMessageContaining("s3://flagstream/away/")
          .hasMessageContaining("does not answer");
      assertThat(connect.timeouts()).contains(3_000L);
      assertThat(task.preCommit(read(12)).get(ZERO).offset()).isLessThanOrEqualTo(6);
    }
    objects.goOn();
    task.put(brought);
    task.put(batch(12, RECORDS));
    task.close(List.of(ZERO, ONE));
    task.stop();

    try (LakeStore store = place.open(lake)) {
      assertThat(rows(store)).isEqualTo(all(RECORDS));
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> read(long offset) {
    return Map.of(ZERO, new OffsetAndMetadata(offset), ONE, new OffsetAndMetadata(offset));
  }

  private static List<SinkRecord> batch(int from, int to) {
    List<SinkRecord> batch = new ArrayList<>();
    for (int offset = from; offset < to; offset++) {
      batch.add(decision(ZERO, offset));
      batch.add(decision(ONE, offset));
    }
    return batch;
  }

  @Test
  void saysWhatIsWrongWithTheStoreWhenItIsRegistered() throws Exception {
    assertThat(refused(objects.url("lake"))).isEmpty();
    assertThat(refused(objects.url("lake").replace("s3://flagstream", "s3://no-bucket")))
        .singleElement()
        .asString()
        .contains("There is no bucket 'no-bucket'", "Make it, or name another one");
    S3StandIn.withoutItsCredentials(
        "wrong",
        () ->
            assertThat(refused(objects.url("lake")))
                .singleElement()
                .asString()
                .contains("refuses the credentials", "bucket 'flagstream'")
                .doesNotContain("wrong"));
  }

  private static List<String> refused(String url) {
    Config config = new LakeSinkConnector().validate(settings(url));
    return config.configValues().stream().flatMap(value -> value.errorMessages().stream()).toList();
  }

  @Test
  void saysWhatIsWrongWithTheStoreWhenTheTaskRuns() {
    LakeSinkTask task =
        task(
            S3Store.open(S3Location.parse(objects.url("x").replace("flagstream", "no-bucket"))),
            new LakeTaskContext());

    assertThatThrownBy(() -> task.open(List.of(ZERO)))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("There is no bucket 'no-bucket'");
    task.stop();
  }

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

  // -----------------------------------------------------------------------------------------
  // helpers

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

  private Path cache() throws IOException {
    return Files.createTempDirectory(folder, "cache");
  }

  private List<String> rows(LakeStore store) throws IOException, SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = LakeReader.of(new DuckDBDriver(), store, cache()).connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT kafka_partition || '@' || kafka_offset FROM decisions"
                    + " ORDER BY kafka_partition, kafka_offset")) {
      while (found.next()) {
        rows.add(found.getString(1));
      }
    }
    return rows;
  }

  private static List<String> all(int records) {
    List<String> all = new ArrayList<>();
    for (TopicPartition partition : List.of(ZERO, ONE)) {
      for (int offset = 0; offset < records; offset++) {
        all.add(partition.partition() + "@" + offset);
      }
    }
    return all;
  }
}
