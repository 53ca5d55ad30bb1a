package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.regex.Pattern;

/** {@code CHR}. */
@UdfDescription(
    name = "Chr",
    category = FunctionCategory.STRING,
    description = "The character of a Unicode code point; NULL if there is none.")
public class Chr {

  private static final Pattern ESCAPES = Pattern.compile("(?:\\\\[uU][0-9a-fA-F]{4})+");

  @Udf(description = "The code point as a number.")
  public String chr(@UdfParameter("decimalCode") Integer codePoint) {
    return codePoint == null || !Character.isValidCodePoint(codePoint)
        ? null
        : Character.toString(codePoint);
  }

  @Udf(description = "The code point as an escape such as \\\\u004b, or two for a surrogate pair.")
  public String chr(@UdfParameter("utf16Code") String escape) {
    if (escape == null || !ESCAPES.matcher(escape).matches()) {
      return null;
    }
    StringBuilder characters = new StringBuilder();
    for (int i = 2; i < escape.length(); i += 6) {
      characters.append((char) Integer.parseInt(escape.substring(i, i + 4), 16));
    }
    return characters.codePointCount(0, characters.length()) == 1 ? characters.toString() : null;
  }
}
