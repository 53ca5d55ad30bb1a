package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.value.TimePattern;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Time;

/** {@code FORMAT_TIME}. */
@UdfDescription(
    name = "format_time",
    category = FunctionCategory.DATE_TIME,
    description = "A TIME as a string in a format of Java's DateTimeFormatter.")
public class FormatTime {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf
  public String formatTime(
      @UdfParameter("time") Time time, @UdfParameter("formatPattern") String format) {
    return time == null || format == null
        ? null
        : patterns.get(format).format(JavaTimes.toLocalTime(time));
  }
}
