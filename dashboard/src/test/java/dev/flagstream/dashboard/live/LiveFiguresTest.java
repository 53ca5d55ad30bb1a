package dev.flagstream.dashboard.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LiveFiguresTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void percentilesAreThoseOfTheLatestThousandDelays() {
    Delays delays = new Delays();
    assertThat(delays.percentiles()).isNull();

    LongStream.rangeClosed(1, 50).map(each -> 1_000_000).forEach(delays::note);
    LongStream.rangeClosed(1, 1_000).forEach(delays::note);

    assertThat(delays.percentiles())
        .isEqualTo(Map.of("of", 1_000, "p50", 500L, "p95", 950L, "p99", 990L));
  }

  @Test
  void aRateIsThatOfTheLastTenSeconds() {
    LiveRate rate = new LiveRate();
    assertThat(rate.perSecond()).isNaN();

    for (int second = 0; second <= 60; second++) {
      // 100 a second at first, 10 a second for the last half minute.
      rate.note(second * SECOND, second < 30 ? 100L * second : 3_000 + 10L * (second - 30));
    }

    assertThat(rate.perSecond()).isEqualTo(10.0);
  }

  @Test
  void aCountThatShrinksHasNoRate() {
    LiveRate rate = new LiveRate();
    rate.note(0, 500);
    rate.note(SECOND, 20);

    assertThat(rate.perSecond()).isNaN();
  }
}
