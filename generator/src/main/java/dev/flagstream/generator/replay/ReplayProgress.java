package dev.flagstream.generator.replay;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far the files have been read, with rate and remaining time: a bar for people at a terminal, a
 * line every few seconds elsewhere. Used by one thread.
 */
interface ReplayProgress extends AutoCloseable {

  /** Shows the state of now; may be called as often as one likes. No rows: none are counted. */
  void show(long bytesRead, long rows);

  @Override
  void close();

  /**
   * A bar.
   *
   * @param task what is done, in a word
   * @param bytes how many there are to read
   */
  static ReplayProgress bar(String task, long bytes, PrintStream terminal) {
    ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(bytes)
            .setUnit(" MB", 1_000_000)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(250)
            .setConsumer(new ConsoleProgressBarConsumer(terminal))
            .build();
    return new ReplayProgress() {
      @Override
      public void show(long bytesRead, long rows) {
        bar.stepTo(bytesRead);
        bar.setExtraMessage(rows == 0 ? "" : String.format(Locale.ROOT, " %,d rows", rows));
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  /** Lines; see {@link #bar}. */
  static ReplayProgress lines(String task, long bytes, PrintWriter out) {
    return new Lines(task, bytes, out);
  }

  /** A line every five seconds. */
  final class Lines implements ReplayProgress {

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final int PERCENT = 100;

    private final String task;
    private final long bytes;
    private final PrintWriter out;
    private final long startNanos = System.nanoTime();
    private long lastNanos = startNanos;

    private Lines(String task, long bytes, PrintWriter out) {
      this.task = task;
      this.bytes = bytes;
      this.out = out;
    }

    @Override
    public void show(long bytesRead, long rows) {
      long nowNanos = System.nanoTime();
      if (nowNanos - lastNanos < INTERVAL_NANOS) {
        return;
      }
      lastNanos = nowNanos;
      double seconds = (nowNanos - startNanos) / NANOS_PER_SECOND;
      double left = bytesRead == 0 ? Double.NaN : seconds * (bytes - bytesRead) / bytesRead;
      out.printf(
          Locale.ROOT,
          "%s: %.0f s, %s%d %% read, about %.0f s left%n",
          task,
          seconds,
          rows == 0 ? "" : String.format(Locale.ROOT, "%,d rows (%,.0f/s), ", rows, rows / seconds),
          PERCENT * bytesRead / Math.max(1, bytes),
          left);
      out.flush();
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
