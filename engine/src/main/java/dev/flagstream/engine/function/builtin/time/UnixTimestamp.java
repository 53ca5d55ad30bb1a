package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Timestamp;

/** {@code UNIX_TIMESTAMP}. */
@UdfDescription(
    name = "unix_timestamp",
    category = FunctionCategory.DATE_TIME,
    description = "The milliseconds since the beginning of 1970 in UTC.")
public class UnixTimestamp {

  @Udf(description = "Of now: another value at each call.")
  public long unixTimestamp() {
    return System.currentTimeMillis();
  }

  @Udf(description = "Of a TIMESTAMP.")
  public Long unixTimestamp(@UdfParameter("timestamp") Timestamp timestamp) {
    return timestamp == null ? null : timestamp.getTime();
  }
}
