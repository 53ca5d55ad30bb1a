package dev.flagstream.engine.function.builtin.string;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code INSTR}. */
@UdfDescription(
    name = "instr",
    category = FunctionCategory.STRING,
    description =
        "The position of a substring, 1 being the first; 0 if it is not found or one of the two is"
            + " NULL; a NULL position or occurrence gives NULL.")
public class Instr {

  @Udf
  public int instr(@UdfParameter("str") String input, @UdfParameter("substring") String substring) {
    return instr(input, substring, 1, 1);
  }

  @Udf(description = "Searches from a position; from a negative one backwards.")
  public int instr(
      @UdfParameter("str") String input,
      @UdfParameter("substring") String substring,
      @UdfParameter("position") int position) {
    return instr(input, substring, position, 1);
  }

  @Udf(description = "Finds the n-th occurrence from a position; from a negative one backwards.")
  public int instr(
      @UdfParameter("str") String input,
      @UdfParameter("substring") String substring,
      @UdfParameter("position") int position,
      @UdfParameter("occurrence") int occurrence) {
    if (input == null || substring == null || position == 0 || occurrence < 1) {
      return 0;
    }
    RowBudget.search("INSTR", input.length(), substring.length());
    return position > 0
        ? forwards(input, substring, position - 1, occurrence)
        : backwards(input, substring, input.length() + position, occurrence);
  }

  private static int forwards(String input, String substring, int from, int occurrence) {
    if (substring.isEmpty()) {
      // It is at every place, and at the end as often as one likes.
      return (int) Math.min((long) from + occurrence - 1, input.length()) + 1;
    }
    int found = input.indexOf(substring, from);
    for (int i = 1; i < occurrence && found >= 0; i++) {
      found = input.indexOf(substring, found + 1);
    }
    return found + 1;
  }

  private static int backwards(String input, String substring, int from, int occurrence) {
    if (substring.isEmpty()) {
      return from < 0 ? 0 : from + 2;
    }
    int found = input.lastIndexOf(substring, from);
    for (int i = 1; i < occurrence && found >= 0; i++) {
      found = input.lastIndexOf(substring, found - 1);
    }
    return found + 1;
  }
}
