package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.value.TimePattern;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.time.Instant;

/** {@code TIMESTAMPTOSTRING}. */
@UdfDescription(
    name = "timestamptostring",
    category = FunctionCategory.DATE_TIME,
    description =
        "Milliseconds since 1970 as a string in a format of Java's DateTimeFormatter."
            + " FORMAT_TIMESTAMP does it for a TIMESTAMP.")
public class TimestampToString {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf(description = "In the time zone of the server.")
  public String timestampToString(
      @UdfParameter("epochMilli") Long epochMilli, @UdfParameter("formatPattern") String format) {
    return timestampToString(epochMilli, format, JavaTimes.serverZone());
  }

  @Udf(description = "In a time zone.")
  public String timestampToString(
      @UdfParameter("epochMilli") Long epochMilli,
      @UdfParameter("formatPattern") String format,
      @UdfParameter("timeZone") String timeZone) {
    return epochMilli == null || format == null || timeZone == null
        ? null
        : patterns
            .get(format)
            .format(Instant.ofEpochMilli(epochMilli).atZone(JavaTimes.zone(timeZone)));
  }
}
