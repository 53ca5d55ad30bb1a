package dev.flagstream.training.pipeline;

import dev.flagstream.training.batch.FeatureNames;
import dev.flagstream.training.features.FeatureRow;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the tables of a lake in the order in which their topics were written. Stateless. */
final class LakeHistory {

  /** The table of the topic scored_transactions. */
  static final String DECISIONS = "decisions";

  /** The table of the topic fraud_labels. */
  static final String LABELS = "labels";

  private static final String IN_ORDER = " ORDER BY kafka_partition, kafka_offset";
  private static final List<String> BEFORE_FEATURES =
      List.of("transaction_id", "card_token", "amount", "epoch_ms(event_time)");

  private LakeHistory() {}

  /**
   * Hands over every row of decisions.
   *
   * @throws IllegalArgumentException naming the column that a row or the table lacks
   */
  static void readDecisions(Connection connection, Consumer<FeatureRow> each) throws SQLException {
    List<String> columns = new ArrayList<>(BEFORE_FEATURES);
    Set<String> there = columns(connection);
    for (String feature : FeatureNames.ALL) {
      String column = "features_" + feature;
      if (!there.contains(column)) {
        throw new IllegalArgumentException(
            "The lake's decisions have no column %s; was it written by another version of the scripts?"
                .formatted(column));
      }
      columns.add('"' + column + '"');
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT " + String.join(", ", columns) + " FROM " + DECISIONS + IN_ORDER)) {
      while (row.next()) {
        each.accept(featureRow(row));
      }
    }
  }

  private static Set<String> columns(Connection connection) throws SQLException {
    Set<String> columns = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet described = statement.executeQuery("DESCRIBE " + DECISIONS)) {
      while (described.next()) {
        columns.add(described.getString(1));
      }
    }
    return columns;
  }

  private static FeatureRow featureRow(ResultSet row) throws SQLException {
    String card = row.getString(2);
    BigDecimal amount = row.getBigDecimal(3);
    long timeMs = row.getLong(4);
    if (card == null || row.wasNull()) {
      throw new IllegalArgumentException(
          "A decision in the lake has no card_token or no event_time; was it written by another"
              + " version of the scripts?");
    }
    double[] features = new double[FeatureNames.ALL.size()];
    for (int i = 0; i < features.length; i++) {
      double feature = row.getDouble(BEFORE_FEATURES.size() + 1 + i);
      features[i] = row.wasNull() ? Double.NaN : feature;
    }
    return new FeatureRow(
        row.getString(1),
        card,
        amount == null ? Double.NaN : amount.doubleValue(),
        timeMs,
        features);
  }

  /** Notes every label. */
  static void readLabels(Connection connection, ReportedFrauds frauds) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet label =
            statement.executeQuery("SELECT transaction_id, is_fraud FROM " + LABELS + IN_ORDER)) {
      while (label.next()) {
        frauds.note(label.getString(1), label.getBoolean(2));
      }
    }
  }
}
