package dev.flagstream.generator.progress;

import static dev.flagstream.report.PlainText.text;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.LongSupplier;

/** A plain line every few seconds, for log files and other places that are no terminal. */
public final class LineProgress implements ProgressView {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final double PERCENT = 100;
  private static final Duration NOTABLE_DELAY = Duration.ofSeconds(2);

  private final Extent extent;
  private final PrintWriter out;
  private final LineInterval interval;
  private long lastAcknowledged;

  /**
   * Starts the clock.
   *
   * @param nanoClock as {@link System#nanoTime}
   */
  public LineProgress(Extent extent, PrintWriter out, LongSupplier nanoClock) {
    this.extent = extent;
    this.out = out;
    this.interval = new LineInterval(INTERVAL, nanoClock);
  }

  @Override
  public void show(RunProgress now) {
    if (!interval.isOver()) {
      return;
    }
    double perSecond = (now.counts().acknowledged() - lastAcknowledged) / interval.lastSeconds();
    out.println(line(now, perSecond, interval.secondsSinceStart()));
    out.flush();
    lastAcknowledged = now.counts().acknowledged();
  }

  @Override
  public void close() {
    out.flush();
  }

  private String line(RunProgress now, double perSecond, double seconds) {
    StringBuilder line = new StringBuilder();
    line.append(
        text(
            "%d s: %,d acknowledged (%,.0f/s), %,d failed",
            (long) seconds, now.counts().acknowledged(), perSecond, now.counts().failed()));
    line.append(remaining(now, perSecond, seconds));
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
