package dev.flagstream.local.latency;

import java.util.List;

/**
 * How many transactions of a stage took how long, in buckets. Immutable.
 *
 * @param stage what was reached: topic, decision or store
 * @param counts of each bucket, in the order of {@link #BOUNDS_MS}; the last one is of all that
 *     took longer than the last bound
 * @param sumMs of all durations, in milliseconds; like the counts exact to 1 %
 */
public record LatencyBuckets(String stage, List<Long> counts, double sumMs) {

  /** The upper bound of each bucket but the last, in milliseconds. */
  public static final List<Long> BOUNDS_MS =
      List.of(
          10L, 25L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L, 30_000L, 60_000L,
          300_000L);

  public LatencyBuckets {
    counts = List.copyOf(counts);
  }
}
