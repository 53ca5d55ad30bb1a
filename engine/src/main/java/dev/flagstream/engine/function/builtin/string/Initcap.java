package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code INITCAP}. */
@UdfDescription(
    name = "initcap",
    category = FunctionCategory.STRING,
    description =
        "The first letter of each word in upper case, all others in lower case; white space separates words.")
public class Initcap {

  @Udf
  public String initcap(@UdfParameter("input") String input) {
    if (input == null) {
      return null;
    }
    StringBuilder capitalized = new StringBuilder(input.length());
    boolean startsWord = true;
    for (int i = 0; i < input.length(); i++) {
      char c = input.charAt(i);
      capitalized.append(startsWord ? Character.toUpperCase(c) : Character.toLowerCase(c));
      startsWord = Character.isWhitespace(c);
    }
    return capitalized.toString();
  }
}
