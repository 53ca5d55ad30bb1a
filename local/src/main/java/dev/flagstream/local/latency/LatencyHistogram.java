package dev.flagstream.local.latency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Durations in milliseconds: all of them, and those of the last while. One thread may record while
 * another asks.
 */
final class LatencyHistogram {

  /** What lasts longer counts as this long. */
  static final long LONGEST_MS = 3_600_000;

  /** A figure may be 1 % above the duration that it stands for. */
  private static final int DIGITS = 2;

  /** How many of the latest intervals, each from one question to the next, are the last while. */
  private static final int INTERVALS = 20;

  private final Recorder recorder = new Recorder(LONGEST_MS, DIGITS);
  private final Histogram all = new Histogram(LONGEST_MS, DIGITS);
  private final Deque<Histogram> latest = new ArrayDeque<>();

  /** Records a duration; one below zero counts as zero. */
  void record(long milliseconds) {
    recorder.recordValue(Math.max(0, Math.min(LONGEST_MS, milliseconds)));
  }

  /** Of all that was recorded. */
  synchronized Percentiles all() {
    collect();
    return Percentiles.of(all);
  }

  /** Of what was recorded since twenty questions ago. */
  synchronized Percentiles lately() {
    collect();
    Histogram sum = new Histogram(LONGEST_MS, DIGITS);
    latest.forEach(sum::add);
    return Percentiles.of(sum);
  }

  /** Of all that was recorded, in buckets. */
  synchronized LatencyBuckets buckets(String stage) {
    collect();
    List<Long> counts = new ArrayList<>();
    long below = 0;
    for (long bound : LatencyBuckets.BOUNDS_MS) {
      long upTo = all.getCountBetweenValues(0, bound);
      counts.add(upTo - below);
      below = upTo;
    }
    counts.add(all.getTotalCount() - below);
    return new LatencyBuckets(stage, counts, all.getMean() * all.getTotalCount());
  }

  private void collect() {
    Histogram oldest = latest.size() < INTERVALS ? null : latest.removeFirst();
    Histogram newest = recorder.getIntervalHistogram(oldest);
    all.add(newest);
    latest.addLast(newest);
  }
}
