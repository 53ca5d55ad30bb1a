package dev.flagstream.local.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.client.ConnectorState;
import dev.flagstream.local.health.PipelineLook;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class PipelineCollectorTest {

  @Test
  void everyStateHasItsFigureAlsoWhereItIsZero() {
    Map<String, Double> figures =
        figures(
            new PipelineLook(
                1_500,
                Map.of("sql", true, "kafka", false),
                Map.of("Q1", "RUNNING", "Q2", "ERROR"),
                Map.of("Q1", 7L),
                Map.of(),
                Map.of(),
                Map.of("dlq_a", 3L),
                Map.of()));

    assertThat(figures)
        .containsEntry("flagstream_part_up{part=\"kafka\"}", 0.0)
        .containsEntry("flagstream_part_up{part=\"sql\"}", 1.0)
        .containsEntry("flagstream_queries{state=\"RUNNING\"}", 1.0)
        .containsEntry("flagstream_queries{state=\"ERROR\"}", 1.0)
        .containsEntry("flagstream_queries{state=\"PAUSED\"}", 0.0)
        .containsEntry("flagstream_query_lag_records{query=\"Q1\"}", 7.0)
        .containsEntry("flagstream_dead_letters{topic=\"dlq_a\"}", 3.0)
        .containsEntry("flagstream_last_look_timestamp_seconds{}", 1.5);
  }

  @Test
  void aServerThatIsAwayHasNoQueriesRatherThanNone() {
    assertThat(
            figures(
                new PipelineLook(
                    0,
                    Map.of("sql", false),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of())))
        .containsOnlyKeys(
            "flagstream_part_up{part=\"sql\"}", "flagstream_last_look_timestamp_seconds{}");
  }

  @Test
  void aConnectorThatFailedBeforeItHadATaskCounts() {
    ConnectorState refused =
        new ConnectorState("FAILED", List.of(), Set.of(), Optional.of("no such class"));
    ConnectorState works =
        new ConnectorState("RUNNING", List.of("RUNNING", "FAILED"), Set.of("t"), Optional.of("x"));

    assertThat(
            figures(
                new PipelineLook(
                    0,
                    Map.of("connect", true),
                    Map.of(),
                    Map.of(),
                    new TreeMap<>(Map.of("refused", refused, "works", works)),
                    Map.of(),
                    Map.of(),
                    Map.of())))
        .containsEntry("flagstream_connector_tasks{connector=\"refused\",state=\"FAILED\"}", 1.0)
        .containsEntry("flagstream_connector_tasks{connector=\"works\",state=\"FAILED\"}", 1.0)
        .containsEntry("flagstream_connector_tasks{connector=\"works\",state=\"RUNNING\"}", 1.0);
  }

  @Test
  void countsRecordsAndRejectionsByReasonAndKeepsTheVersionsOfTheLatestDecision() {
    RecordCounts counts = new RecordCounts();
    counts.accept(record("credit_card_transactions", "no JSON"));
    counts.accept(record("credit_card_transactions", null));
    counts.accept(record("rejected_transactions", "{\"REASON\":\"MISSING amount\"}"));
    counts.accept(record("scored_transactions", "{\"MODEL\":\"old@1\"}"));
    counts.accept(
        record(
            "scored_transactions",
            "{\"MODEL\":\"forest@2\",\"ANOMALY_MODEL\":null,\"RULE_SET\":\"rules@3\"}"));
    counts.accept(record("of somebody else", "x"));

    PipelinePoints points = new PipelinePoints();
    counts.addTo(points);

    assertThat(figures(points.snapshots()))
        .containsEntry("flagstream_records{topic=\"credit_card_transactions\"}", 2.0)
        .containsEntry("flagstream_records{topic=\"scored_transactions\"}", 2.0)
        .containsEntry("flagstream_records{topic=\"unprocessed_records\"}", 0.0)
        .containsEntry("flagstream_rejected_transactions{reason=\"MISSING amount\"}", 1.0)
        .containsEntry(
            "flagstream_model{anomaly_model=\"\",model=\"forest@2\",rule_set=\"rules@3\"}", 1.0)
        .hasSize(8);
  }

  @Test
  void reasonsWithoutEndAreToldTogether() {
    RecordCounts counts = new RecordCounts();
    for (int i = 0; i < 1_000; i++) {
      counts.accept(record("rejected_transactions", "{\"REASON\":\"R" + i + "\"}"));
    }

    PipelinePoints points = new PipelinePoints();
    counts.addTo(points);

    assertThat(figures(points.snapshots()))
        .containsEntry("flagstream_rejected_transactions{reason=\"other\"}", 950.0);
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, String value) {
    return new ConsumerRecord<>(
        topic, 0, 0, new byte[0], value == null ? null : value.getBytes(UTF_8));
  }

  private static Map<String, Double> figures(PipelineLook look) {
    PipelinePoints points = new PipelinePoints();
    PipelineCollector.add(points, look);
    return figures(points.snapshots());
  }

  /** Name with labels to figure; a name is without what its type adds. */
  private static Map<String, Double> figures(MetricSnapshots snapshots) {
    TreeMap<String, Double> figures = new TreeMap<>();
    for (MetricSnapshot snapshot : snapshots) {
      String name = snapshot.getMetadata().getName();
      if (snapshot instanceof GaugeSnapshot gauge) {
        gauge
            .getDataPoints()
            .forEach(each -> figures.put(name + each.getLabels(), each.getValue()));
      } else if (snapshot instanceof CounterSnapshot counter) {
        counter
            .getDataPoints()
            .forEach(each -> figures.put(name + each.getLabels(), each.getValue()));
      } else if (snapshot instanceof InfoSnapshot info) {
        info.getDataPoints().forEach(each -> figures.put(name + each.getLabels(), 1.0));
      }
    }
    return figures;
  }
}
