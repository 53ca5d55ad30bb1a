package dev.flagstream.udf.features;

import dev.flagstream.udf.Catalogue;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Struct;

/** UNPACK_CARD_FEATURES: the features of a card again. Thread-safe. */
@UdfDescription(
    name = "UNPACK_CARD_FEATURES",
    description =
        "The features that CARD_FEATURES gave of a packed transaction, in the STRUCT that it gives"
            + " of other rows. Of many calls for one row only the first does the work. NULL for"
            + " NULL.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public final class UnpackCardFeatures {

  @Udf(
      description = "As in UNPACK_CARD_FEATURES(card)->events_dropped.",
      schema = CardMeasurement.STRUCT)
  public Struct unpackCardFeatures(
      @UdfParameter(value = "card", description = "from CARD_FEATURES of a packed transaction")
          ByteBuffer card) {
    return card == null ? null : LastUnpacked.cardStruct(card);
  }
}
