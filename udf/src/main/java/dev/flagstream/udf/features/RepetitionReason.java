package dev.flagstream.udf.features;

import dev.flagstream.udf.Catalogue;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;

/** REPETITION_REASON: why a transaction whose id came again is not decided. Thread-safe. */
@UdfDescription(
    name = "REPETITION_REASON",
    description =
        "Why a transaction is not decided of which CARD_FEATURES knows that the card has used its"
            + " id before: REPEATED transaction_id if it says the same, REUSED transaction_id if"
            + " not. NULL for all others, and for NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public final class RepetitionReason {

  @Udf(description = "Reads the first bytes alone.")
  public String repetitionReason(
      @UdfParameter(
              value = "card",
              description = "from CARD_FEATURES of a packed transaction and its place")
          ByteBuffer card) {
    Repetition repetition = CardHistory.repetitionIn(card);
    return repetition == null ? null : repetition.reason();
  }
}
