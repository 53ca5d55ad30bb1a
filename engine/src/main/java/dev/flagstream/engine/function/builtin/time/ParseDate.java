package dev.flagstream.engine.function.builtin.time;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.sql.Date;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;

/** {@code PARSE_DATE}. */
@UdfDescription(
    name = "parse_date",
    category = FunctionCategory.DATE_TIME,
    description =
        "The DATE that a string in a format of Java's SimpleDateFormat stands for; it is read"
            + " leniently, and what follows is ignored.")
public class ParseDate {

  @SuppressWarnings("JavaUtilDate") // It is what SimpleDateFormat gives.
  @Udf
  public Date parseDate(@UdfParameter("text") String text, @UdfParameter("format") String format) {
    if (text == null || format == null) {
      return null;
    }
    SimpleDateFormat pattern = new SimpleDateFormat(format, Locale.ENGLISH);
    pattern.setTimeZone(TimeZone.getTimeZone("UTC"));
    // A pattern that reads nothing, such as the empty one, gives the first day of 1970.
    java.util.Date parsed = pattern.parse(text, new ParsePosition(0));
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
