package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code MASK_KEEP_RIGHT}. */
@UdfDescription(
    name = "mask_keep_right",
    category = FunctionCategory.STRING,
    description = "Hides all but the last characters as MASK does.")
public class MaskKeepRight {

  @Udf
  public String maskKeepRight(
      @UdfParameter("input STRING to be masked") String input,
      @UdfParameter("number of characters to keep unmasked at the end") int count) {
    return maskKeepRight(input, count, Masking.DEFAULT);
  }

  @Udf(description = "With masks of your own.")
  public String maskKeepRight(
      @UdfParameter("input STRING to be masked") String input,
      @UdfParameter("number of characters to keep unmasked at the end") int count,
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
    return maskKeepRight(input, count, new Masking(upper, lower, digit, other));
  }

  private static String maskKeepRight(String input, int count, Masking masking) {
    if (count < 0) {
      throw new IllegalArgumentException("function mask_keep_right requires a non-negative number");
    }
    return input == null ? null : masking.mask(input, 0, input.length() - count);
  }
}
