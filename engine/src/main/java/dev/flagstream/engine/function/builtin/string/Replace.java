package dev.flagstream.engine.function.builtin.string;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code REPLACE}. */
@UdfDescription(
    name = "replace",
    category = FunctionCategory.STRING,
    description = "The string with all occurrences of a substring replaced.")
public class Replace {

  @Udf
  public String replace(
      @UdfParameter("str") String input,
      @UdfParameter("oldStr") String substring,
      @UdfParameter("newStr") String replacement) {
    if (input == null || substring == null || replacement == null) {
      return null;
    }
    RowBudget.search("REPLACE", input.length(), substring.length());
    if (replacement.length() > substring.length()) {
      long gain = (long) replacement.length() - substring.length();
      RowBudget.characters("REPLACE", input.length() + occurrences(input, substring) * gain);
    }
    return input.replace(substring, replacement);
  }

  private static long occurrences(String input, String substring) {
    if (substring.isEmpty()) {
      return input.length() + 1L;
    }
    long count = 0;
    int at = input.indexOf(substring);
    while (at >= 0) {
      count++;
      at = input.indexOf(substring, at + substring.length());
    }
    return count;
  }
}
