package dev.flagstream.local.demo;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Says how much has been done and how long the rest will take, from the rate of the last seconds.
 * For one thread.
 */
final class Remaining {

  private static final long SPAN_NANOS = 10_000_000_000L;
  private static final long LEAST_SPAN_NANOS = 1_000_000_000L;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long SECONDS_PER_MINUTE = 60;
  private static final long MINUTES_FROM_SECONDS = 120;

  private record Sample(long atNanos, long done) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * A sentence such as "41,200 of 60,821 decisions are in MongoDB, about 9 s left"; without the
   * second half as long as nothing has moved.
   *
   * @param nowNanos as {@link System#nanoTime}
   * @param what has two places for numbers: done and in all
   */
  String sentence(long nowNanos, long done, long inAll, String what) {
    samples.addLast(new Sample(nowNanos, done));
    while (samples.size() > 2 && nowNanos - samples.getFirst().atNanos() > SPAN_NANOS) {
      samples.removeFirst();
    }
    String figures = String.format(Locale.ROOT, what, done, inAll);
    Sample first = samples.getFirst();
    long nanos = nowNanos - first.atNanos();
    long grown = done - first.done();
    if (nanos < LEAST_SPAN_NANOS || grown <= 0 || done >= inAll) {
      return figures;
    }
    double seconds = (inAll - done) * (nanos / NANOS_PER_SECOND) / grown;
    return figures + ", about " + duration(Math.max(1, Math.round(seconds))) + " left";
  }

  private static String duration(long seconds) {
    return seconds < MINUTES_FROM_SECONDS
        ? seconds + " s"
        : Math.round((double) seconds / SECONDS_PER_MINUTE) + " min";
  }
}
