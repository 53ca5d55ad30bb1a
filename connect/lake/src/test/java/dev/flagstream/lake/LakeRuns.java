package dev.flagstream.lake;

import static dev.flagstream.lake.LakeSinkTaskTest.NOON;
import static dev.flagstream.lake.LakeSinkTaskTest.ONE;
import static dev.flagstream.lake.LakeSinkTaskTest.ZERO;
import static dev.flagstream.lake.LakeSinkTaskTest.decision;
import static dev.flagstream.lake.LakeSinkTaskTest.settings;

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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A sink that is run, and what it left in a folder or in an object store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LakeRuns {

  static final int RECORDS = 16;
  static final InstantSource CLOCK = InstantSource.fixed(NOON);

  @TempDir Path folder;

  final AtomicLong nanos = new AtomicLong();
  S3StandIn objects;

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

  /** As Connect runs it: from where the task wants to go on to the end of both partitions. */
  final boolean runUntilKilled(LakeStore store) {
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

  final LakeSinkTask task(LakeStore store, LakeTaskContext connect) {
    LakeSinkTask task = new LakeSinkTask(each -> store, nanos::get, CLOCK);
    task.initialize(connect);
    task.start(settings(store.place()));
    return task;
  }

  final Path cache() throws IOException {
    return Files.createTempDirectory(folder, "cache");
  }

  final List<String> rows(LakeStore store) throws IOException, SQLException {
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

  static List<String> all(int records) {
    List<String> all = new ArrayList<>();
    for (TopicPartition partition : List.of(ZERO, ONE)) {
      for (int offset = 0; offset < records; offset++) {
        all.add(partition.partition() + "@" + offset);
      }
    }
    return all;
  }
}
