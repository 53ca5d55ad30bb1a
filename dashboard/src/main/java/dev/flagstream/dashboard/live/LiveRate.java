package dev.flagstream.dashboard.live;

import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count has grown over the last seconds. For one thread. */
final class LiveRate {

  private static final long SPAN_NANOS = 10_000_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Deque<Sample> samples = new ArrayDeque<>();

  private record Sample(long nanos, long count) {}

  /**
   * Notes the count of now.
   *
   * @param nanos as of {@link System#nanoTime}
   */
  void note(long nanos, long count) {
    samples.addLast(new Sample(nanos, count));
    while (samples.size() > 2 && nanos - samples.getFirst().nanos() > SPAN_NANOS) {
      samples.removeFirst();
    }
  }

  /** Per second; NaN before there are two counts, or if it has shrunk. */
  double perSecond() {
    if (samples.size() < 2) {
      return Double.NaN;
    }
    Sample first = samples.getFirst();
    Sample last = samples.getLast();
    long grown = last.count() - first.count();
    return grown < 0 ? Double.NaN : grown * NANOS_PER_SECOND / (last.nanos() - first.nanos());
  }
}
