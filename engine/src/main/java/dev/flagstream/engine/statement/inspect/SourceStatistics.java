package dev.flagstream.engine.statement.inspect;

import dev.flagstream.engine.runtime.QueryRuntime;
import dev.flagstream.engine.statement.entity.SourceDescription.Statistic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * How much the queries of this server have read from a topic and written to it, by the metrics of
 * their Kafka clients. Counts begin anew with each start of a query.
 */
public final class SourceStatistics {

  private static final String PRODUCED = "producer-topic-metrics";
  private static final String CONSUMED = "consumer-fetch-manager-metrics";
  private static final String DEPRECATED =
      "This text is kept for clients that do not know the field clusterStatistics.\n";

  private final QueryRuntime queries;
  private final String host;

  public SourceStatistics(QueryRuntime queries, String host) {
    this.queries = queries;
    this.host = host;
  }

  /** What has been measured; nothing about a topic that no running query has touched. */
  List<Statistic> of(String topic, List<String> readers, List<String> writers) {
    long now = System.currentTimeMillis();
    List<Statistic> statistics = new ArrayList<>();
    double written = sum(writers, PRODUCED, "record-send-total", topic);
    if (written > 0) {
      double perSecond = sum(writers, PRODUCED, "record-send-rate", topic);
      statistics.add(new Statistic("messages-per-sec", host, perSecond, now));
      statistics.add(new Statistic("total-messages", host, written, now));
    }
    double read = sum(readers, CONSUMED, "records-consumed-total", topic);
    if (read > 0) {
      double perSecond = sum(readers, CONSUMED, "records-consumed-rate", topic);
      double bytes = sum(readers, CONSUMED, "bytes-consumed-total", topic);
      statistics.add(new Statistic("consumer-messages-per-sec", host, perSecond, now));
      statistics.add(new Statistic("consumer-total-messages", host, read, now));
      statistics.add(new Statistic("consumer-total-bytes", host, bytes, now));
    }
    return statistics;
  }

  /** The same as text; empty if there are none. */
  static String text(List<Statistic> statistics) {
    return statistics.isEmpty()
        ? ""
        : statistics.stream()
            .map(each -> String.format(Locale.ROOT, "%s: %.2f", each.name(), each.value()))
            .collect(Collectors.joining("   ", DEPRECATED, ""));
  }

  private double sum(List<String> ids, String group, String name, String topic) {
    double sum = 0;
    for (String id : ids) {
      for (Map.Entry<MetricName, ? extends Metric> metric : queries.metrics(id).entrySet()) {
        MetricName of = metric.getKey();
        boolean wanted =
            of.group().equals(group)
                && of.name().equals(name)
                && topic.equals(of.tags().get("topic"))
                && !of.tags().containsKey("partition");
        if (wanted && metric.getValue().metricValue() instanceof Double value && !value.isNaN()) {
          sum += value;
        }
      }
    }
    return sum;
  }
}
