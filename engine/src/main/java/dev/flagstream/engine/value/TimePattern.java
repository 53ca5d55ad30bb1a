package dev.flagstream.engine.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of {@link DateTimeFormatter}, for writing and, ignoring case, for reading. What the
 * pattern leaves out is taken from 1970-01-01T00:00. Thread-safe.
 */
public final class TimePattern {

  private static final int DAYS_OF_LEAP_YEAR = 366;

  private final DateTimeFormatter formatter;

  /**
   * A pattern.
   *
   * @throws IllegalArgumentException if there is no such pattern
   */
  public TimePattern(String pattern) {
    this.formatter =
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .appendPattern(pattern)
            .toFormatter(Locale.ENGLISH);
  }

  /** What a time is as text. */
  public String format(TemporalAccessor time) {
    return formatter.format(time);
  }

  /**
   * The day that a text stands for.
   *
   * @throws DateTimeException if it is none
   */
  public LocalDate parseDate(String text) {
    return LocalDate.parse(text, formatter);
  }

  /**
   * The time of day that a text stands for.
   *
   * @throws DateTimeException if it is none, or there is a part of a date with it
   */
  public LocalTime parseTime(String text) {
    TemporalAccessor parsed = formatter.parse(text);
    for (ChronoField field : ChronoField.values()) {
      if (field.isDateBased() && parsed.isSupported(field)) {
        throw new DateTimeException("Time format contains date field.");
      }
    }
    return LocalTime.from(parsed);
  }

  /**
   * The moment a text stands for; without an offset or a zone in it, in the given one.
   *
   * @throws DateTimeException if it is none
   */
  public Instant parseInstant(String text, ZoneId defaultZone) {
    TemporalAccessor parsed = formatter.parse(text);
    if (parsed.isSupported(ChronoField.INSTANT_SECONDS)) {
      return Instant.from(parsed);
    }
    ZoneId written = parsed.query(TemporalQueries.zone());
    ZoneId zone = written == null ? defaultZone : written;
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    if (date != null && time != null) {
      LocalDateTime clock = date.atTime(time);
      List<ZoneOffset> offsets = zone.getRules().getValidOffsets(clock);
      if (offsets.size() == 1) {
        return clock.toInstant(offsets.get(0));
      }
    }
    return fieldByField(parsed, zone);
  }

  /**
   * The first moment of 1970 with what was read put in field by field, as in ksqlDB: a time that
   * clocks show twice, when they are set back, has the offset that the fields before led to.
   */
  private static Instant fieldByField(TemporalAccessor parsed, ZoneId zone) {
    ZonedDateTime moment = LocalDate.EPOCH.atStartOfDay().atZone(zone);
    for (ChronoField field : ChronoField.values()) {
      if (parsed.isSupported(field)) {
        boolean lastOfLeapYear =
            field == ChronoField.DAY_OF_YEAR && parsed.get(field) == DAYS_OF_LEAP_YEAR;
        ZonedDateTime before =
            lastOfLeapYear ? moment.withYear(parsed.get(ChronoField.YEAR)) : moment;
        moment = before.with(field, parsed.getLong(field));
      }
    }
    return moment.toInstant();
  }
}
