package dev.flagstream.generator.progress;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import picocli.CommandLine.Help.Ansi;

/**
 * How far a step of known length has come, with the remaining time: a bar for people at a terminal,
 * a line every few seconds elsewhere. For one thread.
 */
public interface StepProgress extends AutoCloseable {

  /** What a step is measured in. */
  enum Unit {
    PERCENT("%", 1),
    DAYS(" days", 1),
    ROWS(" rows", 1),
    BYTES(" MB", 1_000_000);

    private final String name;
    private final long shownAsOne;

    Unit(String name, long shownAsOne) {
      this.name = name;
      this.shownAsOne = shownAsOne;
    }
  }

  /**
   * Shows the state of now; may be called as often as one likes.
   *
   * @param done in the step's unit
   * @param rows that were counted meanwhile; 0 if none are
   */
  void show(long done, long rows);

  /** As {@link #show(long, long)}, where nothing else is counted. */
  default void show(long done) {
    show(done, 0);
  }

  /** Shows what is done of a step that is measured in percent, 0 to 1. */
  default void showShare(double done) {
    show(Math.round(100 * done));
  }

  @Override
  void close();

  /** A bar on a terminal, otherwise lines, on standard error. */
  static StepProgress onStandardError(String task, Unit unit, long whole) {
    return Ansi.AUTO.enabled()
        ? bar(task, unit, whole, System.err)
        : lines(task, whole, new PrintWriter(System.err, true, Charset.defaultCharset()));
  }

  /** As {@link #onStandardError}, for a step whose progress is a share. */
  static StepProgress ofShares(String task) {
    return onStandardError(task, Unit.PERCENT, 100);
  }

  /**
   * A bar.
   *
   * @param task what is done, in a word or two
   * @param whole in the unit
   */
  static StepProgress bar(String task, Unit unit, long whole, PrintStream terminal) {
    ProgressBar bar =
        Bars.builder(task, whole, terminal).setUnit(unit.name, unit.shownAsOne).build();
    return new StepProgress() {
      @Override
      public void show(long done, long rows) {
        bar.stepTo(done);
        bar.setExtraMessage(rows == 0 ? "" : String.format(Locale.ROOT, " %,d rows", rows));
      }

      @Override
      public void close() {
        bar.close();
      }
    };
  }

  /** Lines; see {@link #bar}. */
  static StepProgress lines(String task, long whole, PrintWriter out) {
    return new Lines(task, whole, out);
  }

  /** A line every five seconds. */
  final class Lines implements StepProgress {

    private static final int PERCENT = 100;

    private final String task;
    private final long whole;
    private final PrintWriter out;
    private final LineInterval interval = new LineInterval(Duration.ofSeconds(5), System::nanoTime);

    private Lines(String task, long whole, PrintWriter out) {
      this.task = task;
      this.whole = whole;
      this.out = out;
    }

    @Override
    public void show(long done, long rows) {
      if (!interval.isOver()) {
        return;
      }
      double seconds = interval.secondsSinceStart();
      out.printf(
          Locale.ROOT,
          "%s: %.0f s, %s%d %% done%s%n",
          task,
          seconds,
          rows == 0 ? "" : String.format(Locale.ROOT, "%,d rows (%,.0f/s), ", rows, rows / seconds),
          PERCENT * done / Math.max(1, whole),
          left(seconds, done));
      out.flush();
    }

    /** How long the rest takes at the rate so far; nothing while there is none. */
    private String left(double seconds, long done) {
      return done == 0
          ? ""
          : String.format(Locale.ROOT, ", about %.0f s left", seconds * (whole - done) / done);
    }

    @Override
    public void close() {
      out.flush();
    }
  }
}
