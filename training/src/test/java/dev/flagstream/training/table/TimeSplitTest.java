package dev.flagstream.training.table;

import static dev.flagstream.training.Examples.honest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeSplitTest {

  private static final FeatureTable TEN_HOURS =
      new FeatureTable(
          List.of("amount"),
          IntStream.range(0, 10)
              .mapToObj(hour -> honest("2018-08-08T0%d:00:00Z".formatted(hour), "a"))
              .toList());

  @Test
  void splitsByRowsAndLeavesOutTheDelay() {
    TimeSplit split = TimeSplit.byShare(TEN_HOURS, 0.3, 0.3, Duration.ofMinutes(61));

    assertThat(TEN_HOURS.within(split.train()).rows()).hasSize(4);
    // 04:00 and 05:00 lie within the delay after training; 07:00 and 08:00 after validation.
    assertThat(TEN_HOURS.within(split.validation()).rows())
        .containsExactly(TEN_HOURS.rows().get(6));
    assertThat(TEN_HOURS.within(split.test()).rows()).containsExactly(TEN_HOURS.rows().get(9));
  }

  @Test
  void withoutDelayEveryRowIsInOnePart() {
    TimeSplit split = TimeSplit.byShare(TEN_HOURS, 0.2, 0.2, Duration.ZERO);

    assertThat(
            TEN_HOURS.within(split.train()).size()
                + TEN_HOURS.within(split.validation()).size()
                + TEN_HOURS.within(split.test()).size())
        .isEqualTo(10);
  }

  @Test
  void refusesDataShorterThanTheDelay() {
    assertThatThrownBy(() -> TimeSplit.byShare(TEN_HOURS, 0.3, 0.3, Duration.ofDays(7)))
        .hasMessageContaining("too short for a delay of 7d");
  }

  @Test
  void refusesLessThanARowForEachPart() {
    for (int rows = 0; rows < 3; rows++) {
      FeatureTable few = new FeatureTable(List.of("amount"), TEN_HOURS.rows().subList(0, rows));
      String count = rows + " rows";
      assertThatThrownBy(() -> TimeSplit.byShare(few, 0.2, 0.2, Duration.ZERO))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(count);
    }
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.5", "-0.1, 0.2", "0.2, 0", "NaN, 0.2", "2, 0.2"})
  void refusesSharesThatLeaveAPartWithoutRows(double validation, double test) {
    assertThatThrownBy(() -> TimeSplit.byShare(TEN_HOURS, validation, test, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shares");
  }

  @Test
  void refusesPartsThatAreNotADelayApart() {
    Instant t = Instant.parse("2018-08-08T00:00:00Z");
    TimeRange train = TimeRange.from(t, Duration.ofDays(7));

    assertThatThrownBy(
            () ->
                new TimeSplit(
                    train,
                    TimeRange.from(t.plus(Duration.ofDays(13)), Duration.ofDays(1)),
                    TimeRange.from(t.plus(Duration.ofDays(30)), Duration.ofDays(1)),
                    Duration.ofDays(7)))
        .hasMessageContaining("7d apart");
  }
}
