package dev.flagstream.generator.progress;

import static dev.flagstream.report.PlainText.text;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** A plain line every few seconds, for log files and other places that are no terminal. */
public final class LineProgress implements ProgressView {

  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double PERCENT = 100;
  private static final Duration NOTABLE_DELAY = Duration.ofSeconds(2);

  private final Extent extent;
  private final PrintWriter out;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private long lastNanos;
  private long lastAcknowledged;

  /**
   * Starts the clock.
   *
   * @param nanoClock as {@link System#nanoTime}
   */
  public LineProgress(Extent extent, PrintWriter out, LongSupplier nanoClock) {
    this.extent = extent;
    this.out = out;
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.lastNanos = startNanos;
  }

  @Override
  public void show(RunProgress now) {
    long nowNanos = nanoClock.getAsLong();
    if (nowNanos - lastNanos < INTERVAL_NANOS) {
      return;
    }
    double perSecond =
        (now.counts().acknowledged() - lastAcknowledged)
            * NANOS_PER_SECOND
            / (nowNanos - lastNanos);
    out.println(line(now, perSecond, nowNanos));
    out.flush();
    lastNanos = nowNanos;
    lastAcknowledged = now.counts().acknowledged();
  }

  @Override
  public void close() {
    out.flush();
  }

  private String line(RunProgress now, double perSecond, long nowNanos) {
    StringBuilder line = new StringBuilder();
    line.append(
        text(
            "%d s: %,d acknowledged (%,.0f/s), %,d failed",
            TimeUnit.NANOSECONDS.toSeconds(nowNanos - startNanos),
            now.counts().acknowledged(),
            perSecond,
            now.counts().failed()));
    line.append(remaining(now, perSecond, (nowNanos - startNanos) / NANOS_PER_SECOND));
    if (now.behindSchedule().compareTo(NOTABLE_DELAY) > 0) {
      line.append(text(", %,d s behind schedule", now.behindSchedule().toSeconds()));
    }
    return line.toString();
  }

  private String remaining(RunProgress now, double perSecond, double seconds) {
    if (extent instanceof Extent.Count count && perSecond > 0) {
      long open = Math.max(0, count.transactions() - now.counts().acknowledged());
      return text(", about %,.0f s left", open / perSecond);
    }
    if (extent instanceof Extent.EventTime range && now.eventTimeMs() > range.fromMs()) {
      double done =
          Math.min(
              1, (double) (now.eventTimeMs() - range.fromMs()) / (range.toMs() - range.fromMs()));
      return text(
          ", at %s (%.0f %%), about %,.0f s left",
          Instant.ofEpochMilli(now.eventTimeMs()).truncatedTo(ChronoUnit.MINUTES),
          PERCENT * done,
          seconds / done * (1 - done));
    }
    return "";
  }
}
