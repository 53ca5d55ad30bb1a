package dev.flagstream.local.command;

import dev.flagstream.generator.progress.LineInterval;
import dev.flagstream.local.ledger.ReadingProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * Tells on the screen, every few seconds, how far the ledger has read; the figures themselves go
 * elsewhere. For one thread.
 */
public final class LedgerProgress implements ReadingProgress {

  private static final Map<String, String> WHAT =
      Map.ofEntries(
          Map.entry("rejected", "rejected records"),
          Map.entry("scored", "scored records"),
          Map.entry("unprocessed", "records that SQL could not process"),
          Map.entry("input", "records of the input topic"),
          Map.entry("repetitions", "records of the input topic, for ids that were decided twice,"),
          Map.entry("flagged", "flagged documents"),
          Map.entry("for alerts", "flagged records, for their alerts,"),
          Map.entry("rows", "rows of the SQL store"),
          Map.entry("lake", "decisions of the lake"));

  private static final String LEFT_TO_READ = " records left to read";

  private final PrintStream out;
  private final long inputRecords;
  private final LineInterval interval = new LineInterval(Duration.ofSeconds(2), System::nanoTime);

  /**
   * Prints to {@code out}.
   *
   * @param inputRecords how many offsets of the input topic will be read
   */
  LedgerProgress(PrintStream out, long inputRecords) {
    this.out = out;
    this.inputRecords = inputRecords;
  }

  /** Whether a line that the ledger has printed says that it has begun to read. */
  public static boolean tellsOfReading(String line) {
    return line.endsWith(" read") && !line.endsWith(LEFT_TO_READ);
  }

  @Override
  public void read(String what, long count) {
    say(
        "input".equals(what)
            ? String.format(
                Locale.ROOT,
                "%,d of %,d %s read",
                // Those that have come since are passed over.
                Math.min(count, inputRecords),
                inputRecords,
                WHAT.get("input"))
            : String.format(Locale.ROOT, "%,d %s read", count, WHAT.getOrDefault(what, what)));
  }

  /** Reports what queries and sinks have left to read, before the balance is struck. */
  void waits(long left) {
    if (left > 0) {
      say(String.format(Locale.ROOT, "queries and sinks have %,d%s", left, LEFT_TO_READ));
    }
  }

  /** Reports differences, before the balance is struck again. */
  void differs(long differences) {
    say(
        String.format(
            Locale.ROOT, "%,d differences; waiting for what may be on its way", differences));
  }

  private void say(String line) {
    if (interval.isOver()) {
      out.println(line);
    }
  }
}
