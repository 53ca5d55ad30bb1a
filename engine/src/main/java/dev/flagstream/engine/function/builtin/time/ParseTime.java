package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.value.TimePattern;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Time;

/** {@code PARSE_TIME}. */
@UdfDescription(
    name = "parse_time",
    category = FunctionCategory.DATE_TIME,
    description = "The TIME that a string in a format of Java's DateTimeFormatter stands for.")
public class ParseTime {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf
  public Time parseTime(
      @UdfParameter("formattedTime") String text, @UdfParameter("formatPattern") String format) {
    return text == null || format == null
        ? null
        : JavaTimes.time(patterns.get(format).parseTime(text));
  }
}
