package dev.flagstream.engine.format;

import java.util.concurrent.TimeUnit;

/** The range of TIME. */
final class SqlTimes {

  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

  private SqlTimes() {}

  /** Whether so many milliseconds after midnight are a time of that day. */
  static boolean isTimeOfDay(long millis) {
    return millis >= 0 && millis < DAY_MS;
  }
}
