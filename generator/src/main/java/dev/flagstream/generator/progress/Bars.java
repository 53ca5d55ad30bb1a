package dev.flagstream.generator.progress;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** How bars look, whatever they show. */
final class Bars {

  private static final int INTERVAL_MS = 250;

  private Bars() {}

  static ProgressBarBuilder builder(String task, long whole, PrintStream terminal) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setInitialMax(whole)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(INTERVAL_MS)
        .setConsumer(new ConsoleProgressBarConsumer(terminal));
  }
}
