package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Time;
import java.util.concurrent.TimeUnit;

/** {@code TIMEADD}. */
@UdfDescription(
    name = "timeadd",
    category = FunctionCategory.DATE_TIME,
    description = "A TIME plus an interval; it goes on after midnight.")
public class TimeAdd {

  @Udf
  public Time timeAdd(
      @UdfParameter("unit") TimeUnit unit,
      @UdfParameter("interval") Integer interval,
      @UdfParameter("time") Time time) {
    return interval == null || time == null
        ? null
        : JavaTimes.time(JavaTimes.toLocalTime(time).plusNanos(unit.toNanos(interval)));
  }
}
