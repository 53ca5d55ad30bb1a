package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Date;

/** {@code PARSE_DATE}. */
@UdfDescription(
    name = "parse_date",
    category = FunctionCategory.DATE_TIME,
    description = "The DATE that a string in a format of Java's DateTimeFormatter stands for.")
public class ParseDate {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf
  public Date parseDate(@UdfParameter("text") String text, @UdfParameter("format") String format) {
    return text == null || format == null
        ? null
        : SqlTimes.date(patterns.get(format).parseDate(text));
  }
}
