package dev.flagstream.engine.function.builtin.string;

import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code MASK_LEFT}. */
@UdfDescription(
    name = "mask_left",
    category = FunctionCategory.STRING,
    description = "Hides the first characters as MASK does.")
public class MaskLeft {

  @Udf
  public String maskLeft(
      @UdfParameter("input STRING to be masked") String input,
      @UdfParameter("number of characters to mask from the start") int count) {
    return maskLeft(input, count, Masking.DEFAULT);
  }

  @Udf(description = "With masks of your own.")
  public String maskLeft(
      @UdfParameter("input STRING to be masked") String input,
      @UdfParameter("number of characters to mask from the start") int count,
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
    return maskLeft(input, count, new Masking(upper, lower, digit, other));
  }

  private static String maskLeft(String input, int count, Masking masking) {
    if (count < 0) {
      throw new IllegalArgumentException("function mask_left requires a non-negative number");
    }
    return input == null ? null : masking.mask(input, 0, count);
  }
}
