package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Points in time as text: how TIMESTAMP, DATE and TIME print, and how a text that stands where one
 * of them is expected is read. Everything is UTC unless the text says otherwise.
 */
public final class TimeText {

  /** Hour 24 is the end of a day, and a day that a month does not have is its last one. */
  private static final DateTimeFormatter WRITTEN_TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);

  private static final DateTimeFormatter TIMESTAMP_FORMAT =
      WRITTEN_TIMESTAMP.withZone(ZoneOffset.UTC);

  private static final String DATE = "(\\d{4})(?:-(\\d{2})(?:-(\\d{2}))?)?";

  /** A day, or the first one of a month or a year. */
  private static final Pattern PARTIAL_DATE = Pattern.compile(DATE);

  /**
   * A timestamp whose later parts may be missing: {@code 2020}, {@code 2020-05-30T12}. A zone is an
   * offset, and only a time of day has one.
   */
  private static final Pattern PARTIAL_TIMESTAMP =
      Pattern.compile(
          DATE
              + "(?:T(?:(\\d{2})(?::(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,3}))?)?)?)?"
              + "(Z|[+-].*)?)?");

  private static final Pattern PARTIAL_TIME =
      Pattern.compile("(\\d{2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,9}))?)?");

  private TimeText() {}

  /** {@code 2020-05-30T12:01:02.345}. */
  public static String format(Timestamp value) {
    return TIMESTAMP_FORMAT.format(Instant.ofEpochMilli(value.getTime()));
  }

  /** {@code 2020-05-30}. */
  public static String format(Date value) {
    return LocalDate.ofEpochDay(TimeUnit.MILLISECONDS.toDays(value.getTime())).toString();
  }

  /** {@code 12:01:02}, or {@code 12:01} on the full minute. */
  public static String format(Time value) {
    return LocalTime.ofSecondOfDay(TimeUnit.MILLISECONDS.toSeconds(value.getTime())).toString();
  }

  /**
   * The point in time a text names; missing parts are the earliest possible.
   *
   * @throws SqlException if the text is no point in time
   */
  public static Timestamp parseTimestamp(String text) {
    return new Timestamp(parseEpochMs(text));
  }

  /** As {@link #parseTimestamp}, in milliseconds since 1970. */
  public static long parseEpochMs(String text) {
    Matcher parts = PARTIAL_TIMESTAMP.matcher(text.trim());
    if (!parts.matches()) {
      throw unreadable("timestamp", text, null);
    }
    String complete =
        part(parts, 1, "1970")
            + "-"
            + part(parts, 2, "01")
            + "-"
            + part(parts, 3, "01")
            + "T"
            + part(parts, 4, "00")
            + ":"
            + part(parts, 5, "00")
            + ":"
            + part(parts, 6, "00")
            + "."
            + (part(parts, 7, "") + "000").substring(0, 3);
    try {
      return LocalDateTime.parse(complete, WRITTEN_TIMESTAMP)
          .atZone(ZoneId.of(part(parts, 8, "Z")))
          .toInstant()
          .toEpochMilli();
    } catch (DateTimeException e) {
      throw unreadable("timestamp", text, e);
    }
  }

  /**
   * The day a text names.
   *
   * @throws SqlException if the text is no day
   */
  public static Date parseDate(String text) {
    Matcher parts = PARTIAL_DATE.matcher(text.trim());
    if (!parts.matches()) {
      throw unreadable("date", text, null);
    }
    try {
      LocalDate date =
          LocalDate.of(number(parts, 1, 1970), number(parts, 2, 1), number(parts, 3, 1));
      return new Date(TimeUnit.DAYS.toMillis(date.toEpochDay()));
    } catch (DateTimeException e) {
      throw unreadable("date", text, e);
    }
  }

  /**
   * The time of day a text names.
   *
   * @throws SqlException if the text is no time of day
   */
  public static Time parseTime(String text) {
    Matcher parts = PARTIAL_TIME.matcher(text.trim());
    if (!parts.matches()) {
      throw unreadable("time", text, null);
    }
    try {
      LocalTime time =
          LocalTime.of(
              number(parts, 1, 0), number(parts, 2, 0), number(parts, 3, 0), nanos(parts, 4));
      return new Time(TimeUnit.NANOSECONDS.toMillis(time.toNanoOfDay()));
    } catch (DateTimeException e) {
      throw unreadable("time", text, e);
    }
  }

  private static String part(Matcher parts, int group, String missing) {
    String text = parts.group(group);
    return text == null ? missing : text;
  }

  private static int number(Matcher parts, int group, int missing) {
    String text = parts.group(group);
    return text == null ? missing : Integer.parseInt(text);
  }

  private static int nanos(Matcher parts, int group) {
    String fraction = parts.group(group);
    return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
  }

  private static SqlException unreadable(String what, String text, Throwable cause) {
    return new SqlException(
        "Failed to parse "
            + what
            + " '"
            + text
            + "': expected the form "
            + form(what)
            + ", later parts may be left out",
        cause);
  }

  private static String form(String what) {
    return switch (what) {
      case "time" -> "HH:mm:ss.SSS";
      case "date" -> "yyyy-MM-dd";
      default -> "yyyy-MM-dd'T'HH:mm:ss.SSS[offset]";
    };
  }
}
