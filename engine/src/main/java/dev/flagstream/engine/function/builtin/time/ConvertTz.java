package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Timestamp;
import java.util.TimeZone;

/** {@code CONVERT_TZ}. */
@UdfDescription(
    name = "convert_tz",
    category = FunctionCategory.DATE_TIME,
    description = "What clocks show in one time zone when they show a TIMESTAMP in another.")
public class ConvertTz {

  @Udf
  public Timestamp convertTz(
      @UdfParameter("timestamp") Timestamp timestamp,
      @UdfParameter("fromTimeZone") String fromTimeZone,
      @UdfParameter("toTimeZone") String toTimeZone) {
    if (timestamp == null || fromTimeZone == null || toTimeZone == null) {
      return null;
    }
    long time = timestamp.getTime();
    return new Timestamp(time + offset(toTimeZone, time) - offset(fromTimeZone, time));
  }

  /** In milliseconds, by TimeZone as in ksqlDB: it knows no local times of before 1900. */
  private static int offset(String timeZone, long time) {
    return TimeZone.getTimeZone(JavaTimes.zone(timeZone)).getOffset(time);
  }
}
