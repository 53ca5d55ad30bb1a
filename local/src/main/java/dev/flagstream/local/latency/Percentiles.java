package dev.flagstream.local.latency;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a set of durations was like, each in milliseconds and rounded up to at most 1 % more.
 *
 * @param count how many durations
 * @param p50 half of them took no longer; 0 if there are none, like the others
 * @param p99 99 of 100 took no longer
 * @param p999 999 of 1,000 took no longer
 * @param max the longest
 */
public record Percentiles(
    long count, long p50, long p99, @JsonProperty("p99.9") long p999, long max) {

  /** Of no duration at all. */
  public static final Percentiles NONE = new Percentiles(0, 0, 0, 0, 0);

  private static final double MEDIAN = 50;
  private static final double ONE_OF_A_HUNDRED = 99;
  private static final double ONE_OF_A_THOUSAND = 99.9;

  static Percentiles of(Histogram histogram) {
    return new Percentiles(
        histogram.getTotalCount(),
        histogram.getValueAtPercentile(MEDIAN),
        histogram.getValueAtPercentile(ONE_OF_A_HUNDRED),
        histogram.getValueAtPercentile(ONE_OF_A_THOUSAND),
        histogram.getMaxValue());
  }

  /** The four figures in their order, from the median to the longest. */
  List<Long> figures() {
    return List.of(p50, p99, p999, max);
  }
}
