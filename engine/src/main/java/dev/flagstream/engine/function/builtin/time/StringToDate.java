package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.value.TimePattern;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code STRINGTODATE}. */
@UdfDescription(
    name = "stringtodate",
    category = FunctionCategory.DATE_TIME,
    description =
        "The days since 1970-01-01 that a string in a format of Java's DateTimeFormatter stands"
            + " for. PARSE_DATE gives a DATE.")
public class StringToDate {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf
  public Integer stringToDate(
      @UdfParameter("formattedDate") String text, @UdfParameter("formatPattern") String format) {
    return text == null || format == null
        ? null
        : Math.toIntExact(patterns.get(format).parseDate(text).toEpochDay());
  }
}
