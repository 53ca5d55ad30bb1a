package dev.flagstream.training.run;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on standard error with the remaining time of one step. */
public final class TrainingProgress implements AutoCloseable {

  private static final int PERCENT = 100;
  private static final int INTERVAL_MS = 500;
  private static final int BYTES_PER_MEGABYTE = 1_000_000;

  private final ProgressBar bar;
  private final double whole;

  private TrainingProgress(ProgressBar bar, double whole) {
    this.bar = bar;
    this.whole = whole;
  }

  /** A step that tells shares of 1. */
  public static TrainingProgress ofShares(String step) {
    return new TrainingProgress(
        builder(step).setUnit("%", 1).setInitialMax(PERCENT).build(), PERCENT);
  }

  /** A step that counts rows. */
  public static TrainingProgress ofRows(String step, long rows) {
    return new TrainingProgress(
        builder(step).setUnit(" rows", 1).showSpeed().setInitialMax(rows).build(), rows);
  }

  /** A step that counts bytes. */
  public static TrainingProgress ofBytes(String step, long bytes) {
    return new TrainingProgress(
        builder(step).setUnit(" MB", BYTES_PER_MEGABYTE).setInitialMax(bytes).build(), bytes);
  }

  private static ProgressBarBuilder builder(String step) {
    return new ProgressBarBuilder()
        .setTaskName(step)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(INTERVAL_MS)
        .setConsumer(new ConsoleProgressBarConsumer(System.err));
  }

  /** How much is done, 0 to 1. */
  public void share(double done) {
    bar.stepTo(Math.round(done * whole));
  }

  /** How many rows or bytes are done. */
  public void at(long done) {
    bar.stepTo(done);
  }

  /** Leaves the bar as done. */
  @Override
  public void close() {
    bar.stepTo((long) whole);
    bar.close();
  }
}
