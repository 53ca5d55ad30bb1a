package dev.flagstream.local.windows;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Windows as a table for people. */
public final class WindowTable {

  private WindowTable() {}

  /** A header, one line for each window, and nothing else. */
  public static List<String> lines(List<WindowedAggregates.Window> windows, ZoneId zone) {
    DateTimeFormatter time =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT,
            "%-19s  %12s  %6s  %14s  %12s  %12s",
            "10 s from",
            "transactions",
            "cards",
            "sum",
            "min",
            "max"));
    for (WindowedAggregates.Window window : windows) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-19s  %,12d  %,6d  %,14.2f  %,12.2f  %,12.2f",
              time.format(Instant.ofEpochMilli(window.start())),
              window.transactions(),
              window.cards(),
              window.sum(),
              window.min(),
              window.max()));
    }
    return lines;
  }

  /** The same for the reasons. */
  public static List<String> reasonLines(List<WindowedAggregates.Reason> reasons) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            Locale.ROOT, "%-32s  %12s  %6s  %14s", "reason", "transactions", "cards", "sum"));
    for (WindowedAggregates.Reason reason : reasons) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-32s  %,12d  %,6d  %,14.2f",
              reason.reason(),
              reason.transactions(),
              reason.cards(),
              reason.sum()));
    }
    return lines;
  }
}
