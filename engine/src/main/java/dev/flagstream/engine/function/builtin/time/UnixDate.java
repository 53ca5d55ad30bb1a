package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Date;
import java.time.LocalDate;
import java.time.ZoneId;

/** {@code UNIX_DATE}. */
@UdfDescription(
    name = "unix_date",
    category = FunctionCategory.DATE_TIME,
    description = "The days since 1970-01-01.")
public class UnixDate {

  @Udf(description = "Of today in the time zone of the server: another value each day.")
  public int unixDate() {
    return Math.toIntExact(LocalDate.now(ZoneId.systemDefault()).toEpochDay());
  }

  @Udf(description = "Of a DATE.")
  public Integer unixDate(@UdfParameter("date") Date date) {
    return date == null ? null : Math.toIntExact(JavaTimes.epochDay(date));
  }
}
