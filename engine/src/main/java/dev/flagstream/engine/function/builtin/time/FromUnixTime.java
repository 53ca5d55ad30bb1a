package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Timestamp;

/** {@code FROM_UNIXTIME}. */
@UdfDescription(
    name = "from_unixtime",
    category = FunctionCategory.DATE_TIME,
    description = "The TIMESTAMP so many milliseconds after the beginning of 1970 in UTC.")
public class FromUnixTime {

  @Udf
  public Timestamp fromUnixTime(@UdfParameter("epochMilli") Long epochMilli) {
    return epochMilli == null ? null : new Timestamp(epochMilli);
  }
}
