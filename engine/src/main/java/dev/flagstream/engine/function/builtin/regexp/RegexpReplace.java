package dev.flagstream.engine.function.builtin.regexp;

import dev.flagstream.engine.function.builtin.SmallCache;
import dev.flagstream.engine.function.builtin.TextSizes;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code REGEXP_REPLACE}. */
@UdfDescription(
    name = "regexp_replace",
    category = FunctionCategory.REGULAR_EXPRESSION,
    description =
        "The string with all matches of a regular expression replaced; $1 stands for the first"
            + " group.")
public class RegexpReplace {

  private final SmallCache<Pattern> patterns = new SmallCache<>(Pattern::compile);

  @Udf
  public String regexpReplace(
      @UdfParameter("str") String input,
      @UdfParameter("regexp") String pattern,
      @UdfParameter("newStr") String replacement) {
    if (input == null || pattern == null || replacement == null) {
      return null;
    }
    Matcher matcher = patterns.get(pattern).matcher(input);
    StringBuilder replaced = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(replaced, replacement);
      TextSizes.require("REGEXP_REPLACE", replaced.length());
    }
    return matcher.appendTail(replaced).toString();
  }
}
