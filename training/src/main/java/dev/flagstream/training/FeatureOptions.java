package dev.flagstream.training;

import dev.flagstream.training.features.BatchSource;
import dev.flagstream.training.features.FeatureSource;
import dev.flagstream.training.features.SqlSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options that say what computes the features of transactions. */
final class FeatureOptions {

  /**
   * How long before a transaction the merchants' windows end, so that frauds are known by then: the
   * default of MERCHANT_FEATURES.
   */
  static final Duration FEEDBACK_DELAY = Duration.ofDays(7);

  /** The two ways to the same features. */
  enum By {
    /** The scripts that also score. */
    SQL,
    /** Plain Java over the whole history: faster, and what the SQL is checked against. */
    BATCH
  }

  @Option(
      names = "--features",
      defaultValue = "sql",
      description =
          "What computes the features: sql, or batch, which is faster and gives the"
              + " same. Default: ${DEFAULT-VALUE}.")
  private By by;

  @Option(
      names = "--sql-dir",
      defaultValue = "ksql",
      paramLabel = "DIR",
      description = "Folder of the numbered scripts. Default: ${DEFAULT-VALUE}.")
  private Path sql;

  @Option(
      names = "--extension-dir",
      defaultValue = "target/extensions",
      paramLabel = "DIR",
      description = "Folder of the UDF jar. Default: ${DEFAULT-VALUE}.")
  private Path extensions;

  FeatureSource source() throws IOException {
    return by == By.SQL ? new SqlSource(sql, extensions) : batch();
  }

  /** The other computation, to compare with; {@code null} if it is the one in use. */
  FeatureSource check() {
    return by == By.SQL ? batch() : null;
  }

  private static FeatureSource batch() {
    return new BatchSource(FEEDBACK_DELAY);
  }
}
