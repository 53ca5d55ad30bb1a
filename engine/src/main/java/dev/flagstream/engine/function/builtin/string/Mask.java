package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code MASK}. */
@UdfDescription(
    name = "mask",
    category = FunctionCategory.STRING,
    description =
        "Hides upper-case letters, lower-case letters, digits and other characters behind X, x, n"
            + " and -, or masks of your own.")
public class Mask {

  @Udf
  public String mask(@UdfParameter("input STRING to be masked") String input) {
    return mask(input, Masking.DEFAULT);
  }

  @Udf(description = "With masks of your own.")
  public String mask(
      @UdfParameter("input STRING to be masked") String input,
      @UdfParameter(
              value = "upper-case mask, or NULL to use default",
              description = "for upper-case letters; NULL keeps them")
          String upper,
      @UdfParameter(
              value = "lower-case mask, or NULL to use default",
              description = "for lower-case letters; NULL keeps them")
          String lower,
      @UdfParameter(
              value = "digit mask, or NULL to use default",
              description = "for digits; NULL keeps them")
          String digit,
      @UdfParameter(
              value = "mask for other characters, or NULL to use default",
              description = "for other characters; NULL keeps them")
          String other) {
    return mask(input, new Masking(upper, lower, digit, other));
  }

  private static String mask(String input, Masking masking) {
    return input == null ? null : masking.mask(input, 0, input.length());
  }
}
