package dev.flagstream.generator.progress;

import dev.flagstream.generator.producer.SendCounts;
import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar with rate and remaining time, for people at a terminal. */
public final class BarProgress implements ProgressView {

  private static final Duration NOTABLE_DELAY = Duration.ofSeconds(2);

  private final ProgressBar bar;

  /**
   * Draws the bar.
   *
   * @param expected how many transactions the run will have, or {@link #UNKNOWN}
   */
  public BarProgress(long expected, PrintStream terminal) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("sent")
            .setInitialMax(expected)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setConsumer(new ConsoleProgressBarConsumer(terminal))
            .build();
  }

  @Override
  public void show(SendCounts counts, Duration behindSchedule) {
    bar.stepTo(counts.acknowledged());
    bar.setExtraMessage(message(counts, behindSchedule));
  }

  @Override
  public void close() {
    bar.close();
  }

  private static String message(SendCounts counts, Duration behindSchedule) {
    StringBuilder message = new StringBuilder();
    if (counts.failed() > 0) {
      message.append(' ').append(counts.failed()).append(" failed");
    }
    if (behindSchedule.compareTo(NOTABLE_DELAY) > 0) {
      message.append(' ').append(behindSchedule.toSeconds()).append(" s behind");
    }
    return message.toString();
  }
}
