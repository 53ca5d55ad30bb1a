package dev.flagstream.generator.replay.csv;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;

/**
 * Reads points in time as files have them: {@code 2018-04-01 00:00:31} or {@code
 * 2018-04-01T00:00:31}, to the minute, second or fraction of one, with {@code Z}, an offset such as
 * {@code +02:00}, or none, which means UTC. Years have four digits.
 */
public final class DateTimeText {

  /** Stands for a text that is not a point in time: no four-digit year is that long ago. */
  public static final long NONE = Long.MIN_VALUE;

  /** What {@link #isEventTime} allows, in words. */
  public static final String EVENT_TIMES = "1970 to 2099";

  /** 2100-01-01: numbers beyond are in another unit. */
  private static final long END_MS = 4_102_444_800_000L;

  private static final int DATE_LENGTH = 10;
  private static final int MINUTES_LENGTH = 16;
  private static final int NANO_DIGITS = 9;
  private static final int MS_DIGITS = 3;
  private static final long MS_PER_SECOND = 1_000;
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long NANOS_PER_MS = 1_000_000;
  private static final int SECONDS_PER_MINUTE = 60;
  private static final int MINUTES_PER_HOUR = 60;
  private static final int MAX_OFFSET_HOURS = 18;

  private DateTimeText() {}

  /** Milliseconds since the epoch, finer digits dropped; {@link #NONE} if it is no such text. */
  public static long toEpochMs(String text) {
    if (text.length() < MINUTES_LENGTH || !looksLikeDate(text)) {
      return NONE;
    }
    char separator = text.charAt(DATE_LENGTH);
    if ((separator != ' ' && separator != 'T') || text.charAt(13) != ':') {
      return NONE;
    }
    int second = 0;
    int at = MINUTES_LENGTH;
    if (at < text.length() && text.charAt(at) == ':') {
      second = number(text, at + 1, at + 3);
      at += 3;
    }
    if (second < 0) {
      return NONE;
    }
    int nanos = 0;
    int fractionEnd = at;
    if (at > MINUTES_LENGTH && at < text.length() && text.charAt(at) == '.') {
      fractionEnd = digitsEnd(text, at + 1);
      nanos = nanosOf(text, at + 1, fractionEnd);
    }
    int offsetSeconds = offsetSeconds(text, fractionEnd);
    if (offsetSeconds == Integer.MIN_VALUE) {
      return NONE;
    }
    try {
      long day = date(text).toEpochDay();
      LocalTime time =
          LocalTime.of(number(text, 11, 13), number(text, 14, MINUTES_LENGTH), second, nanos);
      return (day * SECONDS_PER_DAY + time.toSecondOfDay() - offsetSeconds) * MS_PER_SECOND
          + nanos / NANOS_PER_MS;
    } catch (DateTimeException e) {
      return NONE;
    }
  }

  /** The same for a date without a time, which begins at midnight UTC. */
  public static long dateToEpochMs(String text) {
    LocalDate date = toDate(text);
    return date == null ? NONE : date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
  }

  /** The same for a point in time or a date alone. */
  public static long timeOrDateToEpochMs(String text) {
    long ms = toEpochMs(text);
    return ms == NONE ? dateToEpochMs(text) : ms;
  }

  /** A date such as {@code 1988-03-09}; null if it is none. */
  public static LocalDate toDate(String text) {
    if (text.length() != DATE_LENGTH || !looksLikeDate(text)) {
      return null;
    }
    try {
      return date(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Whether a text that is a point in time has digits beyond the millisecond that are not zero. */
  public static boolean isFinerThanMs(String text) {
    int fraction = text.indexOf('.') + 1;
    int end = fraction == 0 ? 0 : digitsEnd(text, fraction);
    for (int i = fraction + MS_DIGITS; i < end; i++) {
      if (text.charAt(i) != '0') {
        return true;
      }
    }
    return false;
  }

  /** Whether a time, in milliseconds since the epoch, is one that an event can have. */
  public static boolean isEventTime(long epochMs) {
    return epochMs >= 0 && epochMs < END_MS;
  }

  private static boolean looksLikeDate(String text) {
    return isDigit(text.charAt(0)) && text.charAt(4) == '-' && text.charAt(7) == '-';
  }

  private static LocalDate date(String text) {
    return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, DATE_LENGTH));
  }

  /** The number of these digits, or one that no part of a date can be. */
  private static int number(String text, int from, int to) {
    if (to > text.length()) {
      return Integer.MIN_VALUE;
    }
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return Integer.MIN_VALUE;
      }
      number = number * 10 + text.charAt(i) - '0';
    }
    return number;
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int nanosOf(String text, int from, int to) {
    int count = Math.min(NANO_DIGITS, to - from);
    if (count == 0) {
      return Integer.MIN_VALUE;
    }
    int nanos = number(text, from, from + count);
    for (int i = count; i < NANO_DIGITS; i++) {
      nanos *= 10;
    }
    return nanos;
  }

  /** The offset from UTC that the text ends with; the least number if it ends with none. */
  private static int offsetSeconds(String text, int from) {
    String offset = text.substring(from);
    if (offset.isEmpty() || offset.equals("Z")) {
      return 0;
    }
    boolean form = offset.length() == 6 && offset.charAt(3) == ':';
    int hours = form ? number(offset, 1, 3) : -1;
    int minutes = form ? number(offset, 4, 6) : -1;
    if (hours < 0 || hours > MAX_OFFSET_HOURS || minutes < 0 || minutes >= MINUTES_PER_HOUR) {
      return Integer.MIN_VALUE;
    }
    int seconds = (hours * MINUTES_PER_HOUR + minutes) * SECONDS_PER_MINUTE;
    return switch (offset.charAt(0)) {
      case '+' -> seconds;
      case '-' -> -seconds;
      default -> Integer.MIN_VALUE;
    };
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
