package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.value.TimePattern;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.time.LocalDate;

/** {@code DATETOSTRING}. */
@UdfDescription(
    name = "datetostring",
    category = FunctionCategory.DATE_TIME,
    description =
        "Days since 1970-01-01 as a string in a format of Java's DateTimeFormatter. FORMAT_DATE"
            + " does it for a DATE.")
public class DateToString {

  private final SmallCache<TimePattern> patterns = new SmallCache<>(TimePattern::new);

  @Udf
  public String dateToString(
      @UdfParameter("epochDays") Integer epochDays, @UdfParameter("formatPattern") String format) {
    return epochDays == null || format == null
        ? null
        : patterns.get(format).format(LocalDate.ofEpochDay(epochDays));
  }
}
