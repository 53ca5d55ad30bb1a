package dev.flagstream.training.run;

import static dev.flagstream.training.Examples.fraud;
import static dev.flagstream.training.Examples.honest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flagstream.training.table.Example;
import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import dev.flagstream.training.table.TimeSplit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingInputTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final TimeSplit SPLIT =
      new TimeSplit(day("2018-08-01"), day("2018-08-03"), day("2018-08-05"), DAY);

  @Test
  void takesPartsOfWhichEachHasBothKinds() {
    TrainingInput input =
        new TrainingInput("data", table(fraud("2018-08-01T12:00:00Z", "a")), SPLIT);

    assertThat(input.train().frauds()).isEqualTo(1);
  }

  @Test
  void refusesTrainingRowsWhoseFraudsNobodyKnowsWhenOneWouldTrain() {
    Example reportedLate =
        new Example(
            Instant.parse("2018-08-01T12:00:00Z").toEpochMilli(),
            "a",
            true,
            Instant.parse("2018-08-03T00:00:00.001Z").toEpochMilli(),
            "stolen",
            10,
            new double[] {0});

    assertThatThrownBy(() -> new TrainingInput("data", table(reportedLate), SPLIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The training rows (2) have 0 frauds");
  }

  private static FeatureTable table(Example first) {
    return new FeatureTable(
        List.of("x"),
        List.of(
            first,
            honest("2018-08-01T13:00:00Z", "a"),
            fraud("2018-08-03T12:00:00Z", "a"),
            honest("2018-08-03T13:00:00Z", "a"),
            fraud("2018-08-05T12:00:00Z", "a"),
            honest("2018-08-05T13:00:00Z", "a")));
  }

  private static TimeRange day(String day) {
    return TimeRange.from(Instant.parse(day + "T00:00:00Z"), DAY);
  }
}
