package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Time;
import java.util.concurrent.TimeUnit;

/** {@code TIMESUB}. */
@UdfDescription(
    name = "timesub",
    category = FunctionCategory.DATE_TIME,
    description = "A TIME minus an interval; it goes on after midnight.")
public class TimeSub {

  @Udf
  public Time timeSub(
      @UdfParameter("unit") TimeUnit unit,
      @UdfParameter("interval") Integer interval,
      @UdfParameter("time") Time time) {
    return interval == null || time == null
        ? null
        : JavaTimes.time(JavaTimes.toLocalTime(time).minusNanos(unit.toNanos(interval)));
  }
}
