package dev.flagstream.engine.function.builtin.time;

import dev.flagstream.engine.function.builtin.SmallCache;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Date;
import java.text.ParsePosition;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.apache.commons.lang3.time.FastDateParser;

/** {@code PARSE_DATE}. */
@UdfDescription(
    name = "parse_date",
    category = FunctionCategory.DATE_TIME,
    description =
        "The DATE that a string in a format of Java's SimpleDateFormat stands for; a number has no"
            + " sign, a day may be over the month's, and what follows is ignored.")
public class ParseDate {

  private final SmallCache<Pattern> patterns = new SmallCache<>(Pattern::new);

  /** Unlike the library's own instances, these are not kept for good. */
  private static final class Pattern extends FastDateParser {

    private static final long serialVersionUID = 1L;

    Pattern(String format) {
      super(format, TimeZone.getTimeZone("UTC"), Locale.ENGLISH);
    }
  }

  @SuppressWarnings("JavaUtilDate") // It is what the library gives.
  @Udf
  public Date parseDate(@UdfParameter("text") String text, @UdfParameter("format") String format) {
    if (text == null || format == null) {
      return null;
    }
    // A pattern that reads nothing, such as the empty one, gives the first day of 1970.
    java.util.Date parsed = patterns.get(format).parse(text, new ParsePosition(0));
    if (parsed == null) {
      throw new IllegalArgumentException(
          "Failed to parse date '" + text + "' with formatter '" + format + "'");
    }
    return wholeDay(parsed.getTime());
  }

  private static Date wholeDay(long millis) {
    if (millis % TimeUnit.DAYS.toMillis(1) != 0) {
      throw new IllegalArgumentException("Date format contains time field.");
    }
    return new Date(millis);
  }
}
