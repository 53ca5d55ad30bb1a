package dev.flagstream.engine.function.builtin.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/**
 * A pattern of {@link DateTimeFormatter}, for writing and, ignoring case, for reading. What the
 * pattern leaves out is taken from 1970-01-01T00:00.
 */
final class TimePattern {

  private final DateTimeFormatter formatter;

  TimePattern(String pattern) {
    this.formatter =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(pattern)
            .toFormatter(Locale.ENGLISH);
  }

  String format(TemporalAccessor time) {
    return formatter.format(time);
  }

  LocalDate parseDate(String text) {
    return date(formatter.parse(text));
  }

  LocalTime parseTime(String text) {
    return LocalTime.parse(text, formatter);
  }

  /** The moment a text stands for; without an offset or a zone in it, in the given one. */
  Instant parseInstant(String text, ZoneId defaultZone) {
    TemporalAccessor parsed = formatter.parse(text);
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(parsed);
    }
    ZoneId zone = parsed.query(TemporalQueries.zone());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return date(parsed)
        .atTime(time == null ? LocalTime.MIDNIGHT : time)
        .atZone(zone == null ? defaultZone : zone)
        .toInstant();
  }

  private static LocalDate date(TemporalAccessor parsed) {
    LocalDate date = parsed.query(TemporalQueries.localDate());
    return date != null
        ? date
        : LocalDate.of(
            fieldOr(parsed, ChronoField.YEAR, 1970),
            fieldOr(parsed, ChronoField.MONTH_OF_YEAR, 1),
            fieldOr(parsed, ChronoField.DAY_OF_MONTH, 1));
  }

  private static int fieldOr(TemporalAccessor parsed, ChronoField field, int otherwise) {
    return parsed.isSupported(field) ? parsed.get(field) : otherwise;
  }
}
