package dev.flagstream.generator.replay;

import dev.flagstream.generator.replay.csv.DateTimeText;
import dev.flagstream.generator.replay.csv.UnfitRowException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Reads event times from a column. Immutable. */
final class TimeColumn {

  /** The unit of a column of numbers. */
  enum Unit {
    EPOCH_MS("epoch-ms", 1),
    EPOCH_S("epoch-s", TimeUnit.SECONDS.toMillis(1)),
    MS("ms", 1),
    S("s", TimeUnit.SECONDS.toMillis(1)),
    MIN("min", TimeUnit.MINUTES.toMillis(1)),
    H("h", TimeUnit.HOURS.toMillis(1));

    /** 1973 in seconds since the epoch; nobody counts so many seconds from a file's beginning. */
    private static final double LEAST_EPOCH_S = 1e8;

    /** 1973 in milliseconds since the epoch. */
    private static final double LEAST_EPOCH_MS = 1e11;

    private final String label;
    private final long ms;

    Unit(String label, long ms) {
      this.label = label;
      this.ms = ms;
    }

    /**
     * Reads a unit as the command line has it.
     *
     * @throws IllegalArgumentException naming the text and the units there are
     */
    static Unit parse(String text) {
      return Arrays.stream(values())
          .filter(unit -> unit.label.equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "'"
                          + text
                          + "' is not a unit of time: give one of "
                          + Arrays.stream(values())
                              .map(unit -> unit.label)
                              .collect(Collectors.joining(", "))));
    }

    /** The unit that numbers are most likely in; by their mean, as single ones may be 0. */
    static Unit guess(double mean) {
      if (mean >= LEAST_EPOCH_MS) {
        return EPOCH_MS;
      }
      return mean >= LEAST_EPOCH_S ? EPOCH_S : S;
    }

    boolean sinceEpoch() {
      return this == EPOCH_MS || this == EPOCH_S;
    }
  }

  /** Far beyond every event time, and far from where a long ends. */
  private static final double LIMIT_MS = 1e15;

  private final String column;
  private final Optional<Unit> unit;
  private final long startMs;

  private TimeColumn(String column, Optional<Unit> unit, long startMs) {
    this.column = column;
    this.unit = unit;
    this.startMs = startMs;
  }

  /** Dates, with or without times. */
  static TimeColumn ofText(String column) {
    return new TimeColumn(column, Optional.empty(), 0);
  }

  /** Numbers; those that do not count from the epoch count from {@code start}. */
  static TimeColumn ofNumbers(String column, Unit unit, Instant start) {
    return new TimeColumn(column, Optional.of(unit), unit.sinceEpoch() ? 0 : start.toEpochMilli());
  }

  /**
   * The event time of a field, in milliseconds since the epoch.
   *
   * @throws UnfitRowException if it holds none
   */
  long ms(String field) {
    String text = field.strip();
    long ms = unit.isPresent() ? fromNumber(text, unit.get()) : fromText(text);
    if (!DateTimeText.isEventTime(ms)) {
      throw new UnfitRowException(
          "column " + column + " is not within " + DateTimeText.EVENT_TIMES);
    }
    return ms;
  }

  /** Whether the server can read the same times from the column itself. */
  boolean isEpochMs() {
    return unit.filter(each -> each == Unit.EPOCH_MS).isPresent();
  }

  /** In words. */
  String description() {
    return unit.map(
            each ->
                each.sinceEpoch()
                    ? column + ", in " + (each == Unit.EPOCH_MS ? "ms" : "s") + " since 1970"
                    : column + ", in " + each.label + " since " + Instant.ofEpochMilli(startMs))
        .orElse(column + ", a date and time (UTC unless it says otherwise)");
  }

  private long fromText(String text) {
    long ms = DateTimeText.timeOrDateToEpochMs(text);
    if (ms == DateTimeText.NONE) {
      throw new UnfitRowException("column " + column + " is not a date and time");
    }
    return ms;
  }

  private long fromNumber(String text, Unit each) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new UnfitRowException("column " + column + " is not a number");
    }
    if (Double.isNaN(number)) {
      throw new UnfitRowException("column " + column + " is not a number");
    }
    return startMs + Math.round(Math.max(-LIMIT_MS, Math.min(number * each.ms, LIMIT_MS)));
  }
}
