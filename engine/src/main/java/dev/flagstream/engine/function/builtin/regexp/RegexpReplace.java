package dev.flagstream.engine.function.builtin.regexp;

import dev.flagstream.engine.function.RegexText;
import dev.flagstream.engine.function.RowBudget;
import dev.flagstream.engine.function.builtin.SmallCache;
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

  private final SmallCache<Pattern> patterns =
      new SmallCache<>(regex -> RegexText.compile("REGEXP_REPLACE", regex));

  @Udf
  public String regexpReplace(
      @UdfParameter("str") String input,
      @UdfParameter("regexp") String pattern,
      @UdfParameter("newStr") String replacement) {
    if (input == null || pattern == null || replacement == null) {
      return null;
    }
    Matcher matcher = RegexText.matcher("REGEXP_REPLACE", patterns.get(pattern), input);
    return RegexText.search("REGEXP_REPLACE", () -> replaced(matcher, replacement));
  }

  private static String replaced(Matcher matcher, String replacement) {
    long groupsInReplacement = replacement.chars().filter(c -> c == '$').count();
    StringBuilder replaced = new StringBuilder();
    while (matcher.find()) {
      long most = replacement.length() + groupsInReplacement * longestGroup(matcher);
      RowBudget.moreCharacters("REGEXP_REPLACE", replaced.length(), most);
      append(matcher, replaced, replacement);
    }
    return matcher.appendTail(replaced).toString();
  }

  private static void append(Matcher matcher, StringBuilder replaced, String replacement) {
    try {
      matcher.appendReplacement(replaced, replacement);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException(
          "REGEXP_REPLACE: the replacement names a group that the regular expression does not have",
          e);
    }
  }

  private static int longestGroup(Matcher matcher) {
    int longest = 0;
    for (int i = 0; i <= matcher.groupCount(); i++) {
      longest = Math.max(longest, matcher.end(i) - matcher.start(i));
    }
    return longest;
  }
}
