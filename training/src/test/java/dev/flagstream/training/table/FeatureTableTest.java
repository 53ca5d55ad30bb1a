package dev.flagstream.training.table;

import static dev.flagstream.training.Examples.fraud;
import static dev.flagstream.training.Examples.honest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTableTest {

  private static final Instant REPORTED = Instant.parse("2018-08-10T00:00:00Z");
  private static final Example FRAUD =
      new Example(
          Instant.parse("2018-08-03T00:00:00Z").toEpochMilli(),
          "a",
          true,
          REPORTED.toEpochMilli(),
          "testing",
          12.5,
          new double[] {1, Double.NaN});

  @Test
  void aFraudLooksHonestUntilItIsReported() {
    FeatureTable table = new FeatureTable(List.of("x", "y"), List.of(FRAUD));

    assertThat(table.asKnownAt(REPORTED.minusMillis(1)).frauds()).isZero();
    assertThat(table.asKnownAt(REPORTED).frauds()).isEqualTo(1);
  }

  @Test
  void selectsFeaturesByName() {
    FeatureTable table = new FeatureTable(List.of("x", "y"), List.of(FRAUD));

    assertThat(table.select(List.of("y", "x")).rows().get(0).features())
        .containsExactly(Double.NaN, 1);
    assertThatThrownBy(() -> table.select(List.of("z"))).hasMessageContaining("No feature z");
  }

  @Test
  void refusesRowsOutOfOrderOrOfAnotherWidth() {
    assertThatThrownBy(
            () ->
                new FeatureTable(
                    List.of("x"),
                    List.of(
                        honest("2018-08-08T01:00:00Z", "a"), fraud("2018-08-08T00:00:00Z", "a"))))
        .hasMessageContaining("order of time");
    assertThatThrownBy(() -> new FeatureTable(List.of("x"), List.of(FRAUD)))
        .hasMessageContaining("2 values for 1 features");
    assertThatThrownBy(() -> new FeatureTable(List.of("x", "x"), List.of(FRAUD)))
        .hasMessageContaining("twice");
  }

  @Test
  void comesBackFromDiskToTheLastBit(@TempDir Path directory) throws IOException {
    Example other =
        new Example(FRAUD.timeMs(), null, false, 0, null, Double.NaN, new double[] {1.0 / 3, -0.0});
    Path file = directory.resolve("new/table");
    FeatureTableFile.write(file, new FeatureTable(List.of("x", "y"), List.of(FRAUD, other)));

    FeatureTable read = FeatureTableFile.read(file);

    assertThat(read.features()).containsExactly("x", "y");
    assertThat(read.rows())
        .extracting(FeatureTableTest::allOf)
        .containsExactly(allOf(FRAUD), allOf(other));
  }

  /** Every digit that tells one double from another; of NaN its name. */
  private static String allOf(Example row) {
    return List.of(
            row.timeMs(),
            row.fraud(),
            row.reportedAtMs(),
            row.amount(),
            row.card() + row.scenario())
        + Arrays.toString(row.features());
  }
}
