package dev.flagstream.generator.progress;

import dev.flagstream.generator.producer.SendCounts;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A plain line every few seconds, for log files and other places that are no terminal. */
public final class LineProgress implements ProgressView {

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final Duration NOTABLE_DELAY = Duration.ofSeconds(2);

  private final long expected;
  private final PrintWriter out;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private long lastNanos;
  private long lastAcknowledged;

  /**
   * Starts the clock.
   *
   * @param expected how many transactions the run will have, or {@link #UNKNOWN}
   * @param nanoClock as {@link System#nanoTime}
   */
  public LineProgress(long expected, PrintWriter out, LongSupplier nanoClock) {
    this.expected = expected;
    this.out = out;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.lastNanos = startNanos;
  }

  @Override
  public void show(SendCounts counts, Duration behindSchedule) {
    long nowNanos = nanoClock.getAsLong();
    if (nowNanos - lastNanos < INTERVAL_NANOS) {
      return;
    }
    double perSecond =
        (counts.acknowledged() - lastAcknowledged) * NANOS_PER_SECOND / (nowNanos - lastNanos);
    out.println(line(counts, behindSchedule, perSecond, nowNanos));
    out.flush();
    lastNanos = nowNanos;
    lastAcknowledged = counts.acknowledged();
  }

  @Override
  public void close() {
    out.flush();
  }

  private String line(SendCounts counts, Duration behindSchedule, double perSecond, long nowNanos) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "%d s: %,d acknowledged (%,.0f/s), %,d failed",
            TimeUnit.NANOSECONDS.toSeconds(nowNanos - startNanos),
            counts.acknowledged(),
            perSecond,
            counts.failed()));
    if (expected != UNKNOWN && perSecond > 0) {
      double secondsLeft = Math.max(0, expected - counts.acknowledged()) / perSecond;
      line.append(String.format(Locale.ROOT, ", about %,.0f s left", secondsLeft));
    }
    if (behindSchedule.compareTo(NOTABLE_DELAY) > 0) {
      line.append(
          String.format(Locale.ROOT, ", %,d s behind schedule", behindSchedule.toSeconds()));
    }
    return line.toString();
  }
}
