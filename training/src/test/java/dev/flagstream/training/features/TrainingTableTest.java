package dev.flagstream.training.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flagstream.training.batch.FeatureNames;
import dev.flagstream.training.history.HandbookHistory;
import dev.flagstream.training.history.LabelledTransaction;
import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTableTest {

  private static final Instant START = Instant.parse("2018-04-20T00:00:00Z");
  private static final Duration DELAY = Duration.ofDays(7);
  private static final List<LabelledTransaction> DAY =
      HandbookHistory.simulate(1, TimeRange.from(START, Duration.ofDays(1)), DELAY);

  @Test
  void keepsTheRowsOfThePeriodWithTheirLabels() {
    FeatureTable table = table(TimeRange.from(START, Duration.ofHours(12)));

    assertThat(table.size()).isBetween(1, DAY.size() - 1);
    assertThat(table.rows())
        .allMatch(row -> row.timeMs() < START.plus(Duration.ofHours(12)).toEpochMilli());
    assertThat(table.rows())
        .filteredOn(Example::fraud)
        .isNotEmpty()
        .allMatch(row -> row.reportedAtMs() == row.timeMs() + DELAY.toMillis());
  }

  @Test
  void noCardNumberReachesATableButEachCardHasItsName() {
    FeatureTable table = table(TimeRange.from(START, Duration.ofDays(1)));

    assertThat(table.rows()).noneMatch(row -> row.card().matches(".*[0-9]{6}.*"));
    assertThat(table.rows().stream().map(Example::card).distinct().count())
        .isEqualTo(DAY.stream().map(each -> each.transaction().cardNumber()).distinct().count());
  }

  private static FeatureTable table(TimeRange wanted) {
    TrainingTable table = new TrainingTable(DAY, wanted);
    for (int row = 0; row < DAY.size(); row++) {
      table.accept(row, new double[FeatureNames.ALL.size()]);
    }
    return table.table();
  }
}
