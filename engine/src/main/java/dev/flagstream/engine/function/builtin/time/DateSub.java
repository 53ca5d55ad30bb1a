package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Date;
import java.util.concurrent.TimeUnit;

/** {@code DATESUB}. */
@UdfDescription(
    name = "datesub",
    category = FunctionCategory.DATE_TIME,
    description = "A DATE minus an interval; what is over a full day counts for nothing.")
public class DateSub {

  @Udf
  public Date dateSub(
      @UdfParameter("unit") TimeUnit unit,
      @UdfParameter("interval") Integer interval,
      @UdfParameter("date") Date date) {
    return interval == null || date == null
        ? null
        : JavaTimes.dateOfMillis(date.getTime() - unit.toMillis(interval));
  }
}
