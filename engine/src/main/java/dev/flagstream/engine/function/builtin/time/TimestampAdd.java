package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Timestamp;
import java.util.concurrent.TimeUnit;

/** {@code TIMESTAMPADD}. */
@UdfDescription(
    name = "timestampadd",
    category = FunctionCategory.DATE_TIME,
    description = "A TIMESTAMP plus an interval.")
public class TimestampAdd {

  @Udf
  public Timestamp timestampAdd(
      @UdfParameter("unit") TimeUnit unit,
      @UdfParameter("interval") Integer interval,
      @UdfParameter("timestamp") Timestamp timestamp) {
    return interval == null || timestamp == null
        ? null
        : new Timestamp(timestamp.getTime() + unit.toMillis(interval));
  }
}
