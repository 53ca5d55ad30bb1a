package dev.flagstream.engine.function.builtin.regexp;

import dev.flagstream.engine.function.builtin.SmallCache;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.List;
import java.util.regex.Pattern;

/** {@code REGEXP_SPLIT_TO_ARRAY}. */
@UdfDescription(
    name = "regexp_split_to_array",
    category = FunctionCategory.REGULAR_EXPRESSION,
    description =
        "The parts between matches of a regular expression; an empty one splits into single characters.")
public class RegexpSplitToArray {

  private final SmallCache<Pattern> patterns = new SmallCache<>(Pattern::compile);

  @Udf
  public List<String> regexpSplitToArray(
      @UdfParameter("input") String input, @UdfParameter("pattern") String pattern) {
    if (input == null || pattern == null) {
      return null;
    }
    int limit = pattern.isEmpty() ? 0 : -1;
    return List.of(patterns.get(pattern).split(input, limit));
  }
}
