package dev.flagstream.udf;

import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** MASK_CARD_NUMBERS: a text that may be kept although it held card numbers. Thread-safe. */
@UdfDescription(
    name = "MASK_CARD_NUMBERS",
    description =
        "The text with every card number in it replaced by stars but for its last four digits."
            + " NULL for NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public class MaskCardNumbers {

  @Udf(
      description =
          "Masks 12 to 19 digits with a valid check digit, also in groups with spaces, dashes, dots,"
              + " slashes or underscores between, longer runs of digits, and all digits of a field"
              + " named card_number.")
  public String maskCardNumbers(
      @UdfParameter(value = "text", description = "any text, such as JSON") String text) {
    return text == null ? null : CardNumberMask.applyTo(text);
  }
}
