package dev.flagstream.local.metrics;

import dev.flagstream.local.latency.LatencyBuckets;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The figures of one answer, gathered metric by metric. For one thread. */
final class PipelinePoints {

  private static final double MS_PER_SECOND = 1e3;

  private record Point(Labels labels, double value) {}

  private final Map<PipelineMetric, List<Point>> points = new EnumMap<>(PipelineMetric.class);
  private final List<LatencyBuckets> latencies = new ArrayList<>();

  /**
   * Adds a figure.
   *
   * @param value 1 for a metric that only informs
   * @param labelValues in the order of the metric's labels
   */
  void add(PipelineMetric metric, double value, String... labelValues) {
    Labels labels = Labels.of(metric.labels().toArray(String[]::new), labelValues);
    points.computeIfAbsent(metric, each -> new ArrayList<>()).add(new Point(labels, value));
  }

  /** Adds the latencies of a stage. */
  void add(LatencyBuckets stage) {
    latencies.add(stage);
  }

  /** All that was added, in Prometheus' form; a metric without a figure is left out. */
  MetricSnapshots snapshots() {
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    points.forEach((metric, figures) -> snapshots.metricSnapshot(snapshot(metric, figures)));
    if (!latencies.isEmpty()) {
      snapshots.metricSnapshot(latency());
    }
    return snapshots.build();
  }

  private static MetricSnapshot snapshot(PipelineMetric metric, List<Point> figures) {
    return switch (metric.kind()) {
      case COUNTER -> {
        CounterSnapshot.Builder counter =
            CounterSnapshot.builder().name(metric.baseName()).help(metric.help());
        figures.forEach(
            each ->
                counter.dataPoint(
                    CounterDataPointSnapshot.builder()
                        .labels(each.labels())
                        .value(each.value())
                        .build()));
        yield counter.build();
      }
      case GAUGE -> {
        GaugeSnapshot.Builder gauge =
            GaugeSnapshot.builder().name(metric.baseName()).help(metric.help());
        figures.forEach(
            each ->
                gauge.dataPoint(
                    GaugeDataPointSnapshot.builder()
                        .labels(each.labels())
                        .value(each.value())
                        .build()));
        yield gauge.build();
      }
      case INFO -> {
        InfoSnapshot.Builder info =
            InfoSnapshot.builder().name(metric.baseName()).help(metric.help());
        figures.forEach(
            each -> info.dataPoint(InfoDataPointSnapshot.builder().labels(each.labels()).build()));
        yield info.build();
      }
      case HISTOGRAM -> throw new IllegalArgumentException(metric + " is told in buckets");
    };
  }

  private MetricSnapshot latency() {
    PipelineMetric metric = PipelineMetric.LATENCY;
    HistogramSnapshot.Builder histogram =
        HistogramSnapshot.builder().name(metric.baseName()).help(metric.help());
    for (LatencyBuckets stage : latencies) {
      histogram.dataPoint(
          HistogramDataPointSnapshot.builder()
              .labels(Labels.of(metric.labels().get(0), stage.stage()))
              .classicHistogramBuckets(buckets(stage))
              .sum(stage.sumMs() / MS_PER_SECOND)
              .build());
    }
    return histogram.build();
  }

  private static ClassicHistogramBuckets buckets(LatencyBuckets stage) {
    List<Double> bounds = new ArrayList<>();
    LatencyBuckets.BOUNDS_MS.forEach(bound -> bounds.add(bound / MS_PER_SECOND));
    bounds.add(Double.POSITIVE_INFINITY);
    return ClassicHistogramBuckets.of(bounds, stage.counts());
  }
}
