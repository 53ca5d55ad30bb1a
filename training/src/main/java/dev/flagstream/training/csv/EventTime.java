package dev.flagstream.training.csv;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Reads event times: an ISO instant or date and time (UTC), or a number: milliseconds since the
 * epoch from 10^11 on, else seconds, since the epoch or since whatever the data begin with.
 */
final class EventTime {

  private static final double LEAST_EPOCH_MS = 1e11;
  private static final double MS_PER_SECOND = 1_000;

  private EventTime() {}

  static long parseMs(String text) {
    String time = text.trim();
    try {
      double number = Double.parseDouble(time);
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("is no time");
      }
      return Math.round(number >= LEAST_EPOCH_MS ? number : number * MS_PER_SECOND);
    } catch (NumberFormatException notANumber) {
      return parseDateMs(time.replace(' ', 'T'));
    }
  }

  private static long parseDateMs(String time) {
    try {
      return time.endsWith("Z")
          ? Instant.parse(time).toEpochMilli()
          : LocalDateTime.parse(time).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "is no time: a number of seconds or milliseconds, or as 2018-07-25 13:45:00", e);
    }
  }
}
