package dev.flagstream.local.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Delays in words. */
class LatencyFiguresTest {

  private static final Percentiles QUICK = new Percentiles(1_000, 2, 11, 40, 52);
  private static final Percentiles SLOW = new Percentiles(900, 640, 2_950, 12_400, 13_050);

  @Test
  void saysMiddleAndTailOfEachStageInOneLine() {
    assertThat(new LatencyFigures(QUICK, SLOW, Percentiles.NONE, 0).line())
        .isEqualTo("delay p50/p99: topic 0.00/0.01 s, decision 0.64/3.0 s, MongoDB –");
  }

  @Test
  void saysNothingBeforeTheFirstTransaction() {
    assertThat(LatencyFigures.NONE.line()).isEmpty();
  }

  @Test
  void saysAllFiguresInALineForEachStage() {
    assertThat(new LatencyFigures(QUICK, SLOW, SLOW, 4).lines())
        .containsExactly(
            "until in the topic p50 2 ms, p99 11 ms, p99.9 40 ms, max 52 ms",
            "until decided      p50 640 ms, p99 2,950 ms, p99.9 12.4 s, max 13.1 s",
            "until in MongoDB   p50 640 ms, p99 2,950 ms, p99.9 12.4 s, max 13.1 s; 4 were not"
                + " followed");
  }

  @Test
  void figuresAreNeverBelowTheirDurations() {
    Histogram histogram = new Histogram(LatencyHistogram.LONGEST_MS, 2);
    for (int ms = 1; ms <= 100_000; ms++) {
      histogram.recordValue(ms);
    }

    Percentiles percentiles = Percentiles.of(histogram);

    assertThat(percentiles.p50()).isBetween(50_000L, 50_500L);
    assertThat(percentiles.p99()).isBetween(99_000L, 100_000L);
    assertThat(percentiles.max()).isBetween(100_000L, 101_000L);
  }
}
