package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.Locale;

/** {@code INITCAP}. */
@UdfDescription(
    name = "initcap",
    category = FunctionCategory.STRING,
    description =
        "The first letter of each word in upper case, all others in lower case; white space"
            + " separates words, and before the first one there is none.")
public class Initcap {

  @Udf
  public String initcap(@UdfParameter("str") String input) {
    if (input == null) {
      return null;
    }
    String text = input.toLowerCase(Locale.ROOT).stripLeading();
    StringBuilder capitalized = new StringBuilder(text.length());
    boolean startsWord = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      capitalized.append(startsWord ? Character.toUpperCase(c) : c);
      startsWord = Character.isWhitespace(c);
    }
    return capitalized.toString();
  }
}
