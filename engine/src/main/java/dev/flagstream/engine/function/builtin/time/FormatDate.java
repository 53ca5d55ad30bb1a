package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.value.TimePattern;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Date;

/** {@code FORMAT_DATE}. */
@UdfDescription(
    name = "format_date",
    category = FunctionCategory.DATE_TIME,
    description = "A DATE as a string in a format of Java's DateTimeFormatter.")
public class FormatDate {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf
  public String formatDate(
      @UdfParameter("date") Date date, @UdfParameter("formatPattern") String format) {
    return date == null || format == null
        ? null
        : patterns.get(format).format(JavaTimes.toLocalDate(date));
  }
}
