package dev.flagstream.generator;

import dev.flagstream.generator.producer.Schedule;
import dev.flagstream.generator.progress.ProgressView;
import dev.flagstream.generator.replay.CsvTransactions;
import dev.flagstream.generator.simulation.Rate;
import dev.flagstream.generator.simulation.SimulatedTransaction;
import dev.flagstream.generator.simulation.Simulation;
import dev.flagstream.generator.simulation.TransactionsUntil;
import dev.flagstream.generator.transaction.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;

/** What one run of the command sends, and when. */
sealed interface TransactionSource extends AutoCloseable {

  Iterator<Transaction> transactions();

  Schedule schedule();

  /** How many there will be, or {@link ProgressView#UNKNOWN}. */
  long expected();

  /** Whether a duration ends the run by the clock, and not already by event time. */
  boolean endsByClock();

  /** What is sent, in words. */
  String description();

  /** What else the summary has to say, or nothing. */
  String rejectedNote();

  /** What one could do after the run. */
  String next(boolean dryRun);

  @Override
  void close();

  /** What happens in a simulated world; a null limit means none. */
  static TransactionSource simulate(
      Simulation world, long seed, Instant startTime, Rate rate, Long maxCount, Duration duration) {
    return new Simulated(world, seed, startTime, rate, maxCount, duration);
  }

  /** The transactions of a CSV file; a null limit means none. */
  static TransactionSource replay(Path file, Rate rate, Long maxCount) {
    return new Replay(file, CsvTransactions.open(file), rate, maxCount);
  }

  /** Transactions made up from a seed. */
  record Simulated(
      Simulation world, long seed, Instant startTime, Rate rate, Long maxCount, Duration duration)
      implements TransactionSource {

    private static final double MS_PER_SECOND = 1_000;

    @Override
    public Iterator<Transaction> transactions() {
      return new TransactionsUntil(
          SimulatedTransaction.transactions(world.from(startTime)), maxOf(maxCount), endTimeMs());
    }

    @Override
    public Schedule schedule() {
      return rate.paced()
          ? Schedule.byEventTime(startTime.toEpochMilli())
          : Schedule.asFastAsPossible();
    }

    @Override
    public long expected() {
      if (maxCount == null && (duration == null || endsByClock())) {
        return ProgressView.UNKNOWN;
      }
      long byCount = maxOf(maxCount);
      return duration == null || endsByClock()
          ? byCount
          : Math.min(byCount, Math.round(duration.toMillis() / MS_PER_SECOND * rate.perSecond()));
    }

    @Override
    public boolean endsByClock() {
      return !rate.paced();
    }

    @Override
    public String description() {
      return (rate.paced() ? rate + " transactions/s" : "transactions as fast as possible")
          + ", "
          + repeatOptions();
    }

    @Override
    public String rejectedNote() {
      return "";
    }

    @Override
    public String next(boolean dryRun) {
      return dryRun
          ? "to repeat it, the same options with " + repeatOptions()
          : "make ksql and make mongosh show what was flagged; to repeat it, the same options with "
              + repeatOptions();
    }

    @Override
    public void close() {}

    private String repeatOptions() {
      return "--seed " + seed + " --start-time " + startTime;
    }

    /** A paced run ends by event time, so that a seed and a duration always mean the same. */
    private long endTimeMs() {
      return duration == null || endsByClock()
          ? TransactionsUntil.UNLIMITED
          : startTime.plus(duration).toEpochMilli();
    }
  }

  /** Transactions read from a file. */
  record Replay(Path file, CsvTransactions rows, Rate rate, Long maxCount)
      implements TransactionSource {

    @Override
    public Iterator<Transaction> transactions() {
      return new TransactionsUntil(rows, maxOf(maxCount), TransactionsUntil.UNLIMITED);
    }

    @Override
    public Schedule schedule() {
      return rate.paced() ? Schedule.evenly(rate.perSecond()) : Schedule.asFastAsPossible();
    }

    @Override
    public long expected() {
      return ProgressView.UNKNOWN;
    }

    @Override
    public boolean endsByClock() {
      return true;
    }

    @Override
    public String description() {
      return "the rows of " + file;
    }

    @Override
    public String rejectedNote() {
      return ", rejected rows " + rows.rejectedRows();
    }

    @Override
    public String next(boolean dryRun) {
      return rows.rejectedRows() == 0
          ? "make ksql and make mongosh show what was flagged"
          : "see " + rows.rejectedFile() + " for the rejected rows and why";
    }

    @Override
    public void close() {
      rows.close();
    }
  }

  private static long maxOf(Long maxCount) {
    return maxCount == null ? TransactionsUntil.UNLIMITED : maxCount;
  }
}
