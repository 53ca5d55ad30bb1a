package dev.flagstream.training.pipeline;

import dev.flagstream.client.lake.LakeReader;
import dev.flagstream.generator.producer.KafkaSettings;
import dev.flagstream.generator.producer.TransactionTopic;
import dev.flagstream.training.batch.FeatureNames;
import dev.flagstream.training.features.FeatureRow;
import dev.flagstream.training.features.FeatureRowJson;
import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;

/**
 * What a running pipeline has seen: the decisions in the topic {@code scored_transactions} with the
 * features they were made by, each with the last word of the topic {@code fraud_labels} on it. All
 * that is known now counts, whenever it was said, since it is now that one trains. What {@code
 * erased_transactions} names belongs to a person who was forgotten, and is left out.
 *
 * @param table the rows in the order of their time, a transaction that came twice once
 * @param frauds how many of all transactions are reported, also those without a row
 */
public record PipelineHistory(FeatureTable table, long frauds) {

  /** The topic of the rows. */
  public static final String DECISIONS = "scored_transactions";

  /** The topic whose keys are the ids of erased transactions; there is none before the first. */
  public static final String ERASED = "erased_transactions";

  /** The topic of the labels and verdicts. */
  public static final String LABELS = TransactionTopic.DEFAULT_LABELS_NAME;

  /** Checks that there is a table. */
  public PipelineHistory {
    Objects.requireNonNull(table, "table");
  }

  /**
   * Reads both topics to the ends they have now.
   *
   * @throws dev.flagstream.generator.producer.KafkaAccessException in words, if they cannot be read
   * @throws IllegalArgumentException if there are no rows, or one is not what the SQL writes
   */
  public static PipelineHistory read(KafkaSettings settings) {
    // The rows first: what is said of one of them is then among the labels, or is yet to come.
    Map<String, FeatureRow> rows = new HashMap<>();
    WholeTopic.read(
        settings,
        DECISIONS,
        record -> {
          FeatureRow row = parse(record.value());
          rows.putIfAbsent(row.transactionId(), row);
        });
    WholeTopic.readIfThere(
        settings, ERASED, record -> rows.remove(new String(record.key(), StandardCharsets.UTF_8)));
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("The topic " + DECISIONS + " has no rows yet");
    }
    ReportedFrauds frauds = new ReportedFrauds();
    WholeTopic.read(settings, LABELS, record -> frauds.note(record.value()));
    return new PipelineHistory(table(rows, frauds), frauds.count());
  }

  /**
   * Reads the same from a lake, which has the decisions and labels of these topics in the order of
   * each partition; what was erased is not there.
   *
   * @throws IllegalArgumentException if there are no rows, or one is not what the SQL writes
   * @throws SQLException if the files cannot be read
   */
  public static PipelineHistory read(LakeReader lake) throws SQLException {
    SortedSet<String> tables = lake.tables();
    if (!tables.contains(LakeHistory.DECISIONS)) {
      throw new IllegalArgumentException("The lake has no rows of decisions yet");
    }
    Map<String, FeatureRow> rows = new HashMap<>();
    ReportedFrauds frauds = new ReportedFrauds();
    try (Connection connection = lake.connect()) {
      LakeHistory.readDecisions(connection, row -> rows.putIfAbsent(row.transactionId(), row));
      if (tables.contains(LakeHistory.LABELS)) {
        LakeHistory.readLabels(connection, frauds);
      }
    }
    return new PipelineHistory(table(rows, frauds), frauds.count());
  }

  private static FeatureRow parse(byte[] value) {
    try {
      return FeatureRowJson.read(value);
    } catch (IOException | IllegalStateException e) {
      throw new IllegalArgumentException(
          "A record of %s cannot be read: %s; was it written by another version of the scripts?"
              .formatted(DECISIONS, e.getMessage()),
          e);
    }
  }

  private static FeatureTable table(Map<String, FeatureRow> rows, ReportedFrauds frauds) {
    List<FeatureRow> ordered = new ArrayList<>(rows.values());
    ordered.sort(
        Comparator.comparingLong(FeatureRow::timeMs).thenComparing(FeatureRow::transactionId));
    return new FeatureTable(
        FeatureNames.ALL,
        ordered.stream()
            .map(
                row ->
                    new Example(
                        row.timeMs(),
                        row.card(),
                        frauds.isFraud(row.transactionId()),
                        row.timeMs(),
                        null,
                        row.amount(),
                        row.features()))
            .toList());
  }

  /** Without the rows of the last {@code delay}: their frauds may not have been reported yet. */
  public FeatureTable reportable(Duration delay) {
    List<Example> rows = table.rows();
    long end = rows.get(rows.size() - 1).timeMs() - delay.toMillis();
    return table.where(row -> row.timeMs() <= end);
  }
}
