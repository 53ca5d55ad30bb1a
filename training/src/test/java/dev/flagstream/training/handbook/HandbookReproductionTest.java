package dev.flagstream.training.handbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.training.features.BatchSource;
import dev.flagstream.training.features.FeatureSource;
import dev.flagstream.training.history.HandbookHistory;
import dev.flagstream.training.history.LabelledTransaction;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandbookReproductionTest {

  private static final Duration DELAY = Duration.ofDays(7);
  private static final FeatureSource BATCH = new BatchSource(DELAY);
  private static final List<LabelledTransaction> HISTORY =
      HandbookHistory.simulate(
          1, TimeRange.from(HandbookExperiment.FIRST_TRAINING, Duration.ofHours(6)), DELAY);

  @TempDir private Path work;
  private final StringWriter out = new StringWriter();

  @Test
  void rowsThatCompareEqualAreKeptForTheNextRun() throws IOException {
    Optional<FeatureComparison> first =
        reproduction(BATCH).compareUnlessDone("history", () -> HISTORY, BATCH);

    assertThat(first.orElseThrow().isEqual()).isTrue();
    assertThat(out.toString()).contains("history: %,d transactions".formatted(HISTORY.size()));
    assertThat(reproduction(BATCH).compareUnlessDone("history", this::notNeeded, BATCH)).isEmpty();
    FeatureTable table = reproduction(BATCH).table("history", this::notNeeded);
    assertThat(table.size()).isEqualTo(HISTORY.size());
  }

  @Test
  void rowsThatDifferAreToldAndNotKept() throws IOException {
    FeatureSource wrong = new OneCountTooMany();

    Optional<FeatureComparison> comparison =
        reproduction(wrong).compareUnlessDone("history", () -> HISTORY, BATCH);

    assertThat(comparison.orElseThrow().isEqual()).isFalse();
    assertThat(out.toString()).contains("1 differ", "card_count_1d");
    assertThat(
            reproduction(wrong)
                .compareUnlessDone("history", () -> HISTORY, BATCH)
                .orElseThrow()
                .isEqual())
        .isFalse();
  }

  @Test
  void anotherHistoryIsComputedAnew() throws IOException {
    reproduction(BATCH).table("history", () -> HISTORY);

    assertThat(reproduction(BATCH).table("other", () -> HISTORY.subList(0, 5)).size()).isEqualTo(5);
  }

  private HandbookReproduction reproduction(FeatureSource features) {
    return new HandbookReproduction(features, work, new PrintWriter(out, true));
  }

  private List<LabelledTransaction> notNeeded() {
    throw new AssertionError("known from an earlier run");
  }

  /** As the batch, but for one value of one row. */
  private static final class OneCountTooMany implements FeatureSource {

    @Override
    public String version() {
      return "wrong";
    }

    @Override
    public void compute(List<LabelledTransaction> history, VectorConsumer consumer)
        throws IOException {
      BATCH.compute(
          history,
          (row, vector) -> {
            if (row == 3) {
              int at = dev.flagstream.training.batch.FeatureNames.ALL.indexOf("card_count_1d");
              vector[at]++;
            }
            consumer.accept(row, vector);
          });
    }
  }
}
