package dev.flagstream.training.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.generator.transaction.Acceptor;
import dev.flagstream.generator.transaction.Cardholder;
import dev.flagstream.generator.transaction.Channel;
import dev.flagstream.generator.transaction.Location;
import dev.flagstream.generator.transaction.Transaction;
import dev.flagstream.training.batch.FeatureNames;
import dev.flagstream.training.handbook.FeatureComparison;
import dev.flagstream.training.history.LabelledTransaction;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scripts in ksql/ with the UDF jar give the features that a batch computation gives. */
class SqlSourceTest {

  private static final Path SQL = Path.of("..", "ksql");
  private static final Path UDF_JAR = Path.of("..", "udf", "target", "flagstream-udf.jar");
  private static final int TRANSACTIONS = 2_000;
  private static final int MEAN_GAP_MS = 3_600_000;
  private static final List<String> CARDS =
      List.of("4000000000000002", "4000000000000010", "4000000000000028", "4000000000000036");
  private static final List<String> CATEGORIES = List.of("grocery", "travel", "electronics");

  @TempDir private static Path extensions;

  @BeforeAll
  static void takeTheUdfJar() throws IOException {
    Files.copy(UDF_JAR, extensions.resolve(UDF_JAR.getFileName()));
  }

  @Test
  void equalsTheBatchComputationOnEveryRow() throws IOException {
    List<LabelledTransaction> history = history();
    double[][] expected = new double[history.size()][];
    new BatchSource(Duration.ofDays(7)).compute(history, (row, vector) -> expected[row] = vector);
    FeatureComparison comparison = new FeatureComparison(FeatureNames.ALL);

    new SqlSource(SQL, extensions)
        .compute(history, (row, vector) -> comparison.compare("row " + row, vector, expected[row]));

    assertThat(comparison.isEqual()).as(comparison.summary(TRANSACTIONS)).isTrue();
    for (int feature = 0; feature < FeatureNames.ALL.size(); feature++) {
      int at = feature;
      assertThat(java.util.Arrays.stream(expected).mapToDouble(row -> row[at]).distinct().count())
          .as("values of " + FeatureNames.ALL.get(feature))
          .isGreaterThan(1);
    }
  }

  @Test
  void anotherUdfJarIsAnotherVersion(@TempDir Path other) throws IOException {
    Files.writeString(other.resolve("other.jar"), "not the same");

    assertThat(new SqlSource(SQL, extensions).version())
        .isEqualTo(new SqlSource(SQL, extensions).version())
        .isNotEqualTo(new SqlSource(SQL, other).version());
  }

  @Test
  void saysWhatIsMissing(@TempDir Path empty) {
    assertThatThrownBy(() -> new SqlSource(empty, extensions))
        .hasMessageContaining("merchant-features.sql");
    assertThatThrownBy(() -> new SqlSource(SQL, empty)).hasMessageContaining("UDF jar");
  }

  private static List<LabelledTransaction> history() {
    SplittableRandom random = new SplittableRandom(17);
    List<LabelledTransaction> history = new ArrayList<>();
    long timeMs = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();
    for (int i = 0; i < TRANSACTIONS; i++) {
      timeMs += random.nextInt(20) == 0 ? 0 : random.nextInt(2 * MEAN_GAP_MS);
      Transaction transaction = transaction(random, i, timeMs);
      long reportedAtMs = timeMs + random.nextInt(14 * 24) * 3_600_000L;
      history.add(
          new LabelledTransaction(
              transaction,
              random.nextInt(5) == 0
                  ? Optional.of(new LabelledTransaction.Fraud("testing", reportedAtMs))
                  : Optional.empty()));
    }
    return history;
  }

  private static Transaction transaction(SplittableRandom random, int i, long timeMs) {
    int card = random.nextInt(CARDS.size());
    int merchant = random.nextInt(8);
    return new Transaction(
        "t" + i,
        CARDS.get(card),
        new Cardholder("c" + card, 20 + card, "Home", 50 + card, 8),
        BigDecimal.valueOf(1 + random.nextInt(100_000), 2),
        "EUR",
        new Acceptor("m" + merchant, "Shop", CATEGORIES.get(random.nextInt(3)), "5411"),
        Channel.ONLINE,
        new Location(
            "Town",
            null,
            random.nextInt(10) == 0 ? "FR" : "DE",
            50 + random.nextDouble(),
            8 + random.nextDouble()),
        random.nextDouble(),
        timeMs);
  }
}
