package dev.flagstream.local.metrics;

import java.util.List;

/**
 * What Prometheus is told about the pipeline as a whole. docs/monitoring.md has the same table,
 * which a test writes.
 */
enum PipelineMetric {
  RECORDS(
      "flagstream_records_total",
      Kind.COUNTER,
      "Committed records that have come into a topic, since this endpoint began to read",
      "topic"),
  REJECTIONS(
      "flagstream_rejected_transactions_total",
      Kind.COUNTER,
      "Transactions without a verdict, by the reason why there is none, since this endpoint began"
          + " to read",
      "reason"),
  LATENCY(
      "flagstream_latency_seconds",
      Kind.HISTOGRAM,
      "From the time at the till until a transaction is in its topic, is decided (decision), and is"
          + " found in MongoDB (store)",
      "stage"),
  MODEL(
      "flagstream_model_info",
      Kind.INFO,
      "The versions of models and rules that made the latest decision",
      "model",
      "anomaly_model",
      "rule_set"),
  PART_UP("flagstream_part_up", Kind.GAUGE, "1 if a part answers, 0 if it does not", "part"),
  QUERIES("flagstream_queries", Kind.GAUGE, "Persistent queries that are in a state", "state"),
  QUERY_LAG(
      "flagstream_query_lag_records", Kind.GAUGE, "Records that a query has left to read", "query"),
  CONNECTOR_TASKS(
      "flagstream_connector_tasks",
      Kind.GAUGE,
      "Tasks of a connector that are in a state; the connector itself counts as one that failed"
          + " if it did",
      "connector",
      "state"),
  CONNECTOR_LAG(
      "flagstream_connector_lag_records",
      Kind.GAUGE,
      "Records that a sink has left to store",
      "connector"),
  DEAD_LETTERS(
      "flagstream_dead_letters_total",
      Kind.COUNTER,
      "Records that a sink could not store, by the topic that keeps them",
      "topic"),
  DOCUMENTS(
      "flagstream_documents",
      Kind.GAUGE,
      "About how many documents a collection holds",
      "collection"),
  LOOKED(
      "flagstream_last_look_timestamp_seconds",
      Kind.GAUGE,
      "When the parts were last asked, in seconds since 1970");

  /** The kinds of Prometheus' types that are used here. */
  enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }

  private final String prometheusName;
  private final Kind kind;
  private final String help;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which cannot be changed
  private final List<String> labels;

  PipelineMetric(String prometheusName, Kind kind, String help, String... labels) {
    this.prometheusName = prometheusName;
    this.kind = kind;
    this.help = help;
    this.labels = List.of(labels);
  }

  /** As it is written in queries. */
  String prometheusName() {
    return prometheusName;
  }

  /** Without what the type adds by itself: {@code _total} or {@code _info}. */
  String baseName() {
    return prometheusName.replaceFirst("_(total|info)$", "");
  }

  Kind kind() {
    return kind;
  }

  String help() {
    return help;
  }

  List<String> labels() {
    return labels;
  }
}
