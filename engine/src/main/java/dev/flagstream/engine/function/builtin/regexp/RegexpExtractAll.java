package dev.flagstream.engine.function.builtin.regexp;

import dev.flagstream.engine.function.RegexText;
import dev.flagstream.engine.function.builtin.SmallCache;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code REGEXP_EXTRACT_ALL}. */
@UdfDescription(
    name = "regexp_extract_all",
    category = FunctionCategory.REGULAR_EXPRESSION,
    description =
        "All matches of a regular expression, or one group of each; NULL if there is no such group.")
public class RegexpExtractAll {

  private final SmallCache<Pattern> patterns =
      new SmallCache<>(regex -> RegexText.compile("REGEXP_EXTRACT_ALL", regex));

  @Udf(description = "The whole matches.")
  public List<String> regexpExtractAll(
      @UdfParameter("pattern") String pattern, @UdfParameter("input") String input) {
    return regexpExtractAll(pattern, input, 0);
  }

  @Udf(description = "What a group of each match holds.")
  public List<String> regexpExtractAll(
      @UdfParameter("pattern") String pattern,
      @UdfParameter("input") String input,
      @UdfParameter("group") Integer group) {
    if (pattern == null || input == null || group == null) {
      return null;
    }
    Matcher matcher = RegexText.matcher("REGEXP_EXTRACT_ALL", patterns.get(pattern), input);
    if (group > matcher.groupCount()) {
      return null;
    }
    return RegexText.search("REGEXP_EXTRACT_ALL", () -> all(matcher, group));
  }

  private static List<String> all(Matcher matcher, int group) {
    List<String> found = new ArrayList<>();
    while (matcher.find()) {
      // As in ksqlDB, where nothing is found nobody asks for the group.
      if (group < 0) {
        throw new IllegalArgumentException("REGEXP_EXTRACT_ALL: there is no group " + group);
      }
      found.add(matcher.group(group));
    }
    return found;
  }
}
