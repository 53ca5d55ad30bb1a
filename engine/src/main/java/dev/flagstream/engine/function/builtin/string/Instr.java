package dev.flagstream.engine.function.builtin.string;

import dev.flagstream.engine.function.RowBudget;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import org.apache.commons.lang3.StringUtils;

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
    boolean outside = input != null && Math.abs((long) position) > input.length();
    if (input == null || substring == null || outside || position == 0) {
      return 0;
    }
    RowBudget.search("INSTR", input.length(), substring.length());
    return position > 0
        ? found(input, substring, position, occurrence)
        : foundBackwards(input, substring, -position, occurrence);
  }

  private static int found(String input, String substring, int position, int occurrence) {
    int index = StringUtils.ordinalIndexOf(input.substring(position - 1), substring, occurrence);
    return index < 0 ? 0 : index + position;
  }

  /** In the text written backwards, so that it ends where the search begins, or before. */
  private static int foundBackwards(String input, String substring, int position, int occurrence) {
    int end =
        found(StringUtils.reverse(input), StringUtils.reverse(substring), position, occurrence);
    return end == 0 ? 0 : input.length() - end - substring.length() + 2;
  }
}
