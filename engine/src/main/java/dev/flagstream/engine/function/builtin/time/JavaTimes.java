package dev.flagstream.engine.function.builtin.time;

import java.sql.Date;
import java.sql.Time;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.concurrent.TimeUnit;

/** Turns SQL's dates and times, as functions get them, into those of {@code java.time} and back. */
final class JavaTimes {

  private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

  private JavaTimes() {}

  static LocalDate toLocalDate(Date date) {
    return LocalDate.ofEpochDay(epochDay(date));
  }

  /** Days since 1970; not by the methods of Date, which depend on the zone of the machine. */
  static long epochDay(Date date) {
    return Math.floorDiv(date.getTime(), DAY_MS);
  }

  static Date date(long epochDay) {
    return new Date(Math.multiplyExact(epochDay, DAY_MS));
  }

  static Date date(LocalDate date) {
    return date(date.toEpochDay());
  }

  static LocalTime toLocalTime(Time time) {
    return LocalTime.ofNanoOfDay(TimeUnit.MILLISECONDS.toNanos(time.getTime()));
  }

  static Time time(LocalTime time) {
    return new Time(TimeUnit.NANOSECONDS.toMillis(time.toNanoOfDay()));
  }

  /**
   * The day of a point in time. Before 1970 what is over a full day counts for nothing as well, as
   * in ksqlDB.
   */
  static Date dateOfMillis(long millis) {
    return date(millis / DAY_MS);
  }

  /** The id of the zone in which functions that name none read and write, as in ksqlDB. */
  static String serverZone() {
    return ZoneId.systemDefault().getId();
  }

  /** The zone of an id such as Europe/London; short names such as PST are refused. */
  static ZoneId zone(String id) {
    return ZoneId.of(id);
  }
}
