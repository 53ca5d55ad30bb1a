package dev.flagstream.lake;

import static dev.flagstream.lake.LakeSinkTaskTest.ONE;
import static dev.flagstream.lake.LakeSinkTaskTest.ZERO;
import static dev.flagstream.lake.LakeSinkTaskTest.decision;
import static dev.flagstream.lake.LakeSinkTaskTest.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.client.lake.LakeStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sink, in a folder and in an object store, killed at every step. */
class LakeCrashTest extends LakeRuns {

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
}
