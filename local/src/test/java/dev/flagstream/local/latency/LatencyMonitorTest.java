package dev.flagstream.local.latency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.local.settings.Environment;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Delays from the till to each stage, by the times that records carry. */
class LatencyMonitorTest {

  private static final long NOON_MS = Instant.parse("2026-01-02T12:00:00Z").toEpochMilli();

  private long nowMs = NOON_MS;
  private final LatencyMonitor monitor =
      new LatencyMonitor(() -> Instant.ofEpochMilli(nowMs), ids -> Set.of());

  private static ConsumerRecord<byte[], byte[]> record(String topic, long tillMs, String value) {
    return new ConsumerRecord<>(
        topic,
        0,
        0,
        tillMs,
        TimestampType.CREATE_TIME,
        0,
        value.length(),
        null,
        value.getBytes(UTF_8),
        new RecordHeaders(),
        Optional.empty());
  }

  @Test
  void measuresFromTheTillToTheReader() {
    monitor.begin(NOON_MS);
    nowMs = NOON_MS + 7;
    monitor.accept(record(Environment.INPUT_TOPIC, NOON_MS, "{}"));
    nowMs = NOON_MS + 90;
    monitor.accept(record(Environment.SCORED_TOPIC, NOON_MS, "{\"TRANSACTION_ID\": \"t1\"}"));

    assertThat(monitor.all().toTopic().max()).isEqualTo(7);
    assertThat(monitor.all().toDecision().max()).isEqualTo(90);
    assertThat(monitor.all().toStore()).isEqualTo(Percentiles.NONE);
  }

  @Test
  void leavesOutWhatWasAtTheTillBeforeTheBeginning() {
    monitor.accept(record(Environment.INPUT_TOPIC, NOON_MS, "{}"));
    monitor.begin(NOON_MS);
    monitor.accept(record(Environment.INPUT_TOPIC, NOON_MS - 1, "{}"));

    assertThat(monitor.all()).isEqualTo(LatencyFigures.NONE);
  }

  @Test
  void countsATransactionFromTheFutureAsThoughItHadNoDelay() {
    monitor.begin(NOON_MS);
    monitor.accept(record(Environment.INPUT_TOPIC, NOON_MS + 60_000, "{}"));

    assertThat(monitor.all().toTopic()).isEqualTo(new Percentiles(1, 0, 0, 0, 0));
  }

  @Test
  void aDecisionThatIsNoJsonIsTimedAndNotFollowed() {
    monitor.begin(NOON_MS);
    monitor.accept(record(Environment.SCORED_TOPIC, NOON_MS, "no JSON"));

    assertThat(monitor.all().toDecision().count()).isEqualTo(1);
  }

  @Test
  void tellsTheLatestFromAll() {
    monitor.begin(NOON_MS);
    nowMs = NOON_MS + 5_000;
    monitor.accept(record(Environment.INPUT_TOPIC, NOON_MS, "{}"));
    for (int i = 0; i < 20; i++) {
      monitor.lately();
    }
    nowMs = NOON_MS + 10_003;
    monitor.accept(record(Environment.INPUT_TOPIC, NOON_MS + 10_000, "{}"));

    assertThat(monitor.lately().toTopic().max()).isEqualTo(3);
    assertThat(monitor.all().toTopic().max()).isBetween(5_000L, 5_050L);
    assertThat(monitor.all().toTopic().count()).isEqualTo(2);
  }
}
