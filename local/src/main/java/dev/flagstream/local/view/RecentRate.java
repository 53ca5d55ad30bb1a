package dev.flagstream.local.view;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a growing count has grown over the last few seconds. For one thread. */
final class RecentRate {

  private static final long SPAN_NANOS = 5_000_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;

  private record Sample(long atNanos, long count) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Notes the count of now and gives its growth per second. */
  double perSecond(long atNanos, long count) {
    samples.addLast(new Sample(atNanos, count));
    while (samples.size() > 2 && atNanos - samples.getFirst().atNanos() > SPAN_NANOS) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    long nanos = atNanos - first.atNanos();
    return nanos == 0 ? 0 : (count - first.count()) * NANOS_PER_SECOND / nanos;
  }
}
