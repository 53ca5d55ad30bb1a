package dev.flagstream.engine.function.builtin.regexp;

import dev.flagstream.engine.function.RegexText;
import dev.flagstream.engine.function.builtin.SmallCache;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code REGEXP_EXTRACT}. */
@UdfDescription(
    name = "regexp_extract",
    category = FunctionCategory.REGULAR_EXPRESSION,
    description =
        "The first match of a regular expression, or one of its groups; NULL if there is none.")
public class RegexpExtract {

  private final SmallCache<Pattern> patterns =
      new SmallCache<>(regex -> RegexText.compile("REGEXP_EXTRACT", regex));

  @Udf(description = "The whole match.")
  public String regexpExtract(
      @UdfParameter("pattern") String pattern, @UdfParameter("input") String input) {
    return regexpExtract(pattern, input, 0);
  }

  @Udf(description = "What a group of the match holds.")
  public String regexpExtract(
      @UdfParameter("pattern") String pattern,
      @UdfParameter("input") String input,
      @UdfParameter("group") Integer group) {
    if (pattern == null || input == null || group == null) {
      return null;
    }
    if (group < 0) {
      throw new IllegalArgumentException("REGEXP_EXTRACT: there is no group " + group);
    }
    Matcher matcher = RegexText.matcher("REGEXP_EXTRACT", patterns.get(pattern), input);
    return RegexText.search(
        "REGEXP_EXTRACT",
        () -> group <= matcher.groupCount() && matcher.find() ? matcher.group(group) : null);
  }
}
