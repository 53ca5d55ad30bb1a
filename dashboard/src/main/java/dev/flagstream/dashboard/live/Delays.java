package dev.flagstream.dashboard.live;

import java.util.Arrays;
import java.util.Map;

/** The latest delays, and their percentiles. Thread-safe. */
final class Delays {

  private static final int LATEST = 1_000;

  private final long[] delaysMs = new long[LATEST];
  private long count;

  /** Notes one, in milliseconds. */
  synchronized void note(long delayMs) {
    delaysMs[(int) (count++ % LATEST)] = delayMs;
  }

  /** Percentiles in milliseconds, by name; null where nothing has been noted. */
  synchronized Map<String, Object> percentiles() {
    int size = (int) Math.min(count, LATEST);
    if (size == 0) {
      return null;
    }
    long[] sorted = Arrays.copyOf(delaysMs, size);
    Arrays.sort(sorted);
    return Map.of("of", size, "p50", at(sorted, 50), "p95", at(sorted, 95), "p99", at(sorted, 99));
  }

  /** The least value that so many hundredths of all do not exceed. */
  private static long at(long[] sorted, int hundredths) {
    return sorted[Math.max(0, (sorted.length * hundredths + 99) / 100 - 1)];
  }
}
