package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Date;

/** {@code FROM_DAYS}. */
@UdfDescription(
    name = "from_days",
    category = FunctionCategory.DATE_TIME,
    description = "The DATE so many days after 1970-01-01.")
public class FromDays {

  @Udf
  public Date fromDays(@UdfParameter("days") int epochDays) {
    return JavaTimes.date(epochDays);
  }
}
