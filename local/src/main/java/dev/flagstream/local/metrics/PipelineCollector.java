package dev.flagstream.local.metrics;

import dev.flagstream.client.ConnectorState;
import dev.flagstream.local.health.PipelineLook;
import dev.flagstream.local.latency.LatencyMonitor;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The figures of the pipeline as a whole, each time Prometheus asks. Thread-safe. */
final class PipelineCollector implements MultiCollector {

  private static final double MS_PER_SECOND = 1e3;

  /** States that always have their figure, so that a rule about them never lacks it. */
  private static final List<String> QUERY_STATES = List.of("RUNNING", "PAUSED", "ERROR");

  private static final List<String> TASK_STATES = List.of("RUNNING", "PAUSED", "FAILED");

  private final RecordCounts counts;
  private final LatencyMonitor latency;
  private final PipelineWatch watch;

  PipelineCollector(RecordCounts counts, LatencyMonitor latency, PipelineWatch watch) {
    this.counts = counts;
    this.latency = latency;
    this.watch = watch;
  }

  @Override
  public MetricSnapshots collect() {
    PipelinePoints points = new PipelinePoints();
    counts.addTo(points);
    latency.buckets().forEach(points::add);
    add(points, watch.latest());
    return points.snapshots();
  }

  /** Adds what a look found. */
  static void add(PipelinePoints points, PipelineLook look) {
    look.parts().forEach((part, up) -> points.add(PipelineMetric.PART_UP, up ? 1 : 0, part));
    if (look.parts().getOrDefault("sql", false)) {
      addStates(points, PipelineMetric.QUERIES, QUERY_STATES, look.queryStates().values());
    }
    look.queryBacklog().forEach((query, left) -> points.add(PipelineMetric.QUERY_LAG, left, query));
    look.connectors()
        .forEach(
            (name, connector) ->
                addStates(
                    points, PipelineMetric.CONNECTOR_TASKS, TASK_STATES, parts(connector), name));
    look.sinkBacklog()
        .forEach((sink, left) -> points.add(PipelineMetric.CONNECTOR_LAG, left, sink));
    look.deadLetters()
        .forEach((topic, count) -> points.add(PipelineMetric.DEAD_LETTERS, count, topic));
    look.documents()
        .forEach((collection, count) -> points.add(PipelineMetric.DOCUMENTS, count, collection));
    points.add(PipelineMetric.LOOKED, look.atMs() / MS_PER_SECOND);
  }

  /** A connector that failed before it had a task has no state otherwise. */
  private static List<String> parts(ConnectorState connector) {
    List<String> states = new ArrayList<>(connector.tasks());
    if ("FAILED".equals(connector.state())) {
      states.add(connector.state());
    }
    return states;
  }

  private static void addStates(
      PipelinePoints points,
      PipelineMetric metric,
      List<String> always,
      Iterable<String> states,
      String... labelsBefore) {
    Map<String, Integer> counts = new TreeMap<>();
    always.forEach(state -> counts.put(state, 0));
    states.forEach(state -> counts.merge(state, 1, Integer::sum));
    counts.forEach(
        (state, count) -> {
          List<String> labels = new ArrayList<>(List.of(labelsBefore));
          labels.add(state);
          points.add(metric, count, labels.toArray(String[]::new));
        });
  }
}
