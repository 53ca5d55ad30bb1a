package dev.flagstream.engine.function.builtin.regexp;

import dev.flagstream.engine.function.RegexText;
import dev.flagstream.engine.function.builtin.SmallCache;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code REGEXP_SPLIT_TO_ARRAY}. */
@UdfDescription(
    name = "regexp_split_to_array",
    category = FunctionCategory.REGULAR_EXPRESSION,
    description =
        "The parts between matches of a regular expression; an empty one splits into single"
            + " characters, and of one that matches nothing as well, empty parts at the end are"
            + " left out.")
public class RegexpSplitToArray {

  private final SmallCache<Pattern> patterns =
      new SmallCache<>(regex -> RegexText.compile("REGEXP_SPLIT_TO_ARRAY", regex));

  @Udf
  public List<String> regexpSplitToArray(
      @UdfParameter("string") String input, @UdfParameter("regexp") String pattern) {
    if (input == null || pattern == null) {
      return null;
    }
    return RegexText.search("REGEXP_SPLIT_TO_ARRAY", () -> parts(input, patterns.get(pattern)));
  }

  private static List<String> parts(String input, Pattern separator) {
    CharSequence text = RegexText.of("REGEXP_SPLIT_TO_ARRAY", input);
    if (separator.matcher("").matches()) {
      return Arrays.asList(separator.split(text));
    }
    Matcher matcher = separator.matcher(text);
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (matcher.find()) {
      // An empty match parts two characters: there are none before the first or after the last.
      boolean parting = matcher.end() > matcher.start();
      if (parting || (matcher.start() > 0 && matcher.start() < input.length())) {
        parts.add(input.substring(start, matcher.start()));
        start = matcher.end();
      }
    }
    parts.add(input.substring(start));
    return parts;
  }
}
