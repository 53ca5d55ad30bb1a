package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.value.TimePattern;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Timestamp;

/** {@code PARSE_TIMESTAMP}. */
@UdfDescription(
    name = "parse_timestamp",
    category = FunctionCategory.DATE_TIME,
    description = "The TIMESTAMP that a string in a format of Java's DateTimeFormatter stands for.")
public class ParseTimestamp {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf(description = "In UTC, unless the string says otherwise.")
  public Timestamp parseTimestamp(
      @UdfParameter("formattedTimestamp") String text,
      @UdfParameter("formatPattern") String format) {
    return parseTimestamp(text, format, "UTC");
  }

  @Udf(description = "In a time zone, unless the string says otherwise.")
  public Timestamp parseTimestamp(
      @UdfParameter("formattedTimestamp") String text,
      @UdfParameter("formatPattern") String format,
      @UdfParameter("timeZone") String timeZone) {
    return text == null || format == null || timeZone == null
        ? null
        : Timestamp.from(patterns.get(format).parseInstant(text, JavaTimes.zone(timeZone)));
  }
}
