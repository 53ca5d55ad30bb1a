package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.value.TimePattern;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code STRINGTOTIMESTAMP}. */
@UdfDescription(
    name = "stringtotimestamp",
    category = FunctionCategory.DATE_TIME,
    description =
        "The milliseconds since 1970 that a string in a format of Java's DateTimeFormatter stands"
            + " for. PARSE_TIMESTAMP gives a TIMESTAMP.")
public class StringToTimestamp {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf(description = "In the time zone of the server, unless the string says otherwise.")
  public Long stringToTimestamp(
      @UdfParameter("formattedTimestamp") String text,
      @UdfParameter("formatPattern") String format) {
    return stringToTimestamp(text, format, JavaTimes.serverZone());
  }

  @Udf(description = "In a time zone, unless the string says otherwise.")
  public Long stringToTimestamp(
      @UdfParameter("formattedTimestamp") String text,
      @UdfParameter("formatPattern") String format,
      @UdfParameter("timeZone") String timeZone) {
    return text == null || format == null || timeZone == null
        ? null
        : patterns.get(format).parseInstant(text, JavaTimes.zone(timeZone)).toEpochMilli();
  }
}
