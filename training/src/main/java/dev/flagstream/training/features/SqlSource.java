package dev.flagstream.training.features;

import dev.flagstream.engine.function.FunctionCatalog;
import dev.flagstream.engine.function.loader.FunctionLoader;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.offline.SqlBackfill;
import dev.flagstream.generator.feed.FraudLabel;
import dev.flagstream.generator.feed.LabelJson;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.generator.transaction.TransactionJson;
import dev.flagstream.training.history.LabelledTransaction;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Stream;

/**
 * The features by the very SQL that also scores: the scripts up to {@code merchant_features}, and
 * the call of {@code ALL_FEATURES} by which they are scored, with the UDF jar. Labels are sent when
 * they are reported, before the transactions of the same instant.
 */
public final class SqlSource implements FeatureSource {

  private static final String TRANSACTIONS = "credit_card_transactions";
  private static final String LABELS = "fraud_labels";
  private static final String FEATURES = "training_rows";
  private static final String LAST_SCRIPT = "-merchant-features.sql";

  private static final String ROWS = read("training-rows.sql");

  /** Rejected transactions have no features. */
  private static final String NOT_NEEDED = "-rejected-transactions.sql";

  /** Card tokens stay within this process; any key will do. */
  private static final Map<String, String> SETTINGS =
      Map.of("ksql.functions.card_token.key", "00".repeat(31) + "01");

  private static final int VERSION_DIGITS = 12;

  private final List<Path> scripts;
  private final Path extensions;
  private final String version;

  /**
   * Finds scripts and jars.
   *
   * @param sql folder of the numbered scripts
   * @param extensions folder of the UDF jar
   * @throws IOException naming what is missing
   */
  public SqlSource(Path sql, Path extensions) throws IOException {
    this.scripts = scriptsIn(sql);
    this.extensions = extensions;
    this.version = "SQL-" + hashOf(scripts, jarsIn(extensions));
  }

  private static String read(String resource) {
    try (InputStream sql = SqlSource.class.getResourceAsStream(resource)) {
      return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read from the jar", e);
    }
  }

  private static List<Path> scriptsIn(Path sql) throws IOException {
    List<Path> all = filesIn(sql, ".sql");
    Path last =
        all.stream()
            .filter(script -> script.toString().endsWith(LAST_SCRIPT))
            .findFirst()
            .orElseThrow(
                () -> new IOException("There is no script *" + LAST_SCRIPT + " in " + sql));
    return all.stream()
        .filter(script -> script.compareTo(last) <= 0)
        .filter(script -> !script.toString().endsWith(NOT_NEEDED))
        .toList();
  }

  private static List<Path> jarsIn(Path extensions) throws IOException {
    List<Path> jars = filesIn(extensions, ".jar");
    if (jars.isEmpty()) {
      throw new IOException("There is no UDF jar in " + extensions);
    }
    return jars;
  }

  private static List<Path> filesIn(Path folder, String ending) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException("There is no folder " + folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static String hashOf(List<Path> scripts, List<Path> jars) throws IOException {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      for (Path file : scripts) {
        hash.update(Files.readAllBytes(file));
      }
      hash.update(ROWS.getBytes(StandardCharsets.UTF_8));
      for (Path file : jars) {
        hash.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(hash.digest()).substring(0, VERSION_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public String version() {
    return version;
  }

  /**
   * Sends the history through the scripts.
   *
   * @throws IllegalStateException naming the transaction that the SQL did not give exactly one row
   *     for
   */
  @Override
  public void compute(List<LabelledTransaction> history, VectorConsumer consumer)
      throws IOException {
    FunctionCatalog functions = FunctionLoader.load(extensions);
    PriorityQueue<FraudLabel> unreported =
        new PriorityQueue<>(Comparator.comparingLong(FraudLabel::reportedAtMs));
    List<String> sql = new ArrayList<>(SqlBackfill.texts(scripts));
    sql.add(ROWS);
    try (SqlBackfill backfill = new SqlBackfill(functions, SETTINGS, sql, FEATURES)) {
      for (int row = 0; row < history.size(); row++) {
        LabelledTransaction now = history.get(row);
        sendReported(backfill, unreported, now.transaction().timestampMs());
        consumer.accept(row, features(backfill, now.transaction()));
        now.fraud().ifPresent(fraud -> unreported.add(label(now.transaction(), fraud)));
      }
    }
  }

  private static void sendReported(
      SqlBackfill backfill, PriorityQueue<FraudLabel> unreported, long nowMs) {
    while (!unreported.isEmpty() && unreported.peek().reportedAtMs() <= nowMs) {
      FraudLabel label = unreported.poll();
      backfill.send(
          LABELS,
          new OfflineRecord(
              label.transactionId().getBytes(StandardCharsets.UTF_8),
              LabelJson.encode(label),
              label.reportedAtMs(),
              List.of()));
    }
  }

  private static double[] features(SqlBackfill backfill, Transaction transaction)
      throws IOException {
    List<OfflineRecord> rows =
        backfill.send(
            TRANSACTIONS,
            new OfflineRecord(
                transaction.cardNumber().getBytes(StandardCharsets.UTF_8),
                TransactionJson.encode(transaction),
                transaction.timestampMs(),
                List.of()));
    if (rows.size() != 1) {
      throw new IllegalStateException(
          "The SQL gave %d rows of features for transaction %s"
              .formatted(rows.size(), transaction.transactionId()));
    }
    FeatureRow row = FeatureRowJson.read(rows.get(0).value());
    if (!row.transactionId().equals(transaction.transactionId())) {
      throw new IllegalStateException(
          "The SQL gave the row of %s for %s"
              .formatted(row.transactionId(), transaction.transactionId()));
    }
    return row.features();
  }

  private static FraudLabel label(Transaction transaction, LabelledTransaction.Fraud fraud) {
    return new FraudLabel(
        transaction.transactionId(),
        transaction.acceptor().merchantId(),
        transaction.cardholder().customerId(),
        true,
        transaction.timestampMs(),
        fraud.reportedAtMs());
  }
}
