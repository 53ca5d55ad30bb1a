package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.value.TimePattern;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Timestamp;

/** {@code FORMAT_TIMESTAMP}. */
@UdfDescription(
    name = "format_timestamp",
    category = FunctionCategory.DATE_TIME,
    description = "A TIMESTAMP as a string in a format of Java's DateTimeFormatter.")
public class FormatTimestamp {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf(description = "In UTC.")
  public String formatTimestamp(
      @UdfParameter("timestamp") Timestamp timestamp,
      @UdfParameter("formatPattern") String format) {
    return formatTimestamp(timestamp, format, "GMT");
  }

  @Udf(description = "In a time zone.")
  public String formatTimestamp(
      @UdfParameter("timestamp") Timestamp timestamp,
      @UdfParameter("formatPattern") String format,
      @UdfParameter("timeZone") String timeZone) {
    return timestamp == null || format == null || timeZone == null
        ? null
        : patterns.get(format).format(timestamp.toInstant().atZone(JavaTimes.zone(timeZone)));
  }
}
