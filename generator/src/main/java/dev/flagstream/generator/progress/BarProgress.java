package dev.flagstream.generator.progress;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;

/** A bar with rate and remaining time, for people at a terminal. */
public final class BarProgress implements ProgressView {

  private static final Duration NOTABLE_DELAY = Duration.ofSeconds(2);
  private static final long MS_PER_MINUTE = 60_000;
  private static final long UNKNOWN = -1;

  private final Extent extent;
  private final ProgressBar bar;

  /** Draws the bar: in transactions, or for a range of event time in its minutes. */
  public BarProgress(Extent extent, PrintStream terminal) {
    this.extent = extent;
    bar =
        Bars.builder("sent", max(extent), terminal)
            .setUnit(extent instanceof Extent.EventTime ? " min" : "", 1)
            .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .build();
  }

  private static long max(Extent extent) {
    if (extent instanceof Extent.Count count) {
      return count.transactions();
    }
    return extent instanceof Extent.EventTime range
        ? Math.max(1, (range.toMs() - range.fromMs()) / MS_PER_MINUTE)
        : UNKNOWN;
  }

  @Override
  public void show(RunProgress now) {
    if (extent instanceof Extent.EventTime range) {
      bar.stepTo(Math.max(0, now.eventTimeMs() - range.fromMs()) / MS_PER_MINUTE);
    } else {
      bar.stepTo(now.counts().acknowledged());
    }
    bar.setExtraMessage(message(now));
  }

  @Override
  public void close() {
    bar.close();
  }

  private String message(RunProgress now) {
    StringBuilder message = new StringBuilder();
    if (extent instanceof Extent.EventTime && now.eventTimeMs() > 0) {
      message.append(
          String.format(
              Locale.ROOT,
              " %s, %,d transactions",
              Instant.ofEpochMilli(now.eventTimeMs()).truncatedTo(ChronoUnit.MINUTES),
              now.counts().acknowledged()));
    }
    if (now.counts().failed() > 0) {
      message.append(' ').append(now.counts().failed()).append(" failed");
    }
    if (now.behindSchedule().compareTo(NOTABLE_DELAY) > 0) {
      message.append(' ').append(now.behindSchedule().toSeconds()).append(" s behind");
    }
    return message.toString();
  }
}
