package dev.flagstream.udf.features;

import dev.flagstream.udf.Catalogue;
import dev.flagstream.udf.TransactionFeatures;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/**
 * ALL_FEATURES: the one row that models are trained on and score, from where its parts were
 * measured. For the same objects as a moment ago it gives the same STRUCT, which nobody must
 * change. Thread-safe.
 */
@UdfDescription(
    name = "ALL_FEATURES",
    description =
        "All features of a transaction in one STRUCT: those of its card, those of its merchant and"
            + " those that it brings with it. NULL for a NULL transaction; features are NULL whose"
            + " part is.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public final class AllFeatures {

  private static final Map<TransactionFeature, ToDoubleFunction<CardMeasurement>> OF_CARD =
      TransactionFeature.ofCard();
  private static final Map<TransactionFeature, ToDoubleFunction<ValidTransaction>> OF_TRANSACTION =
      TransactionFeature.ofTransaction();

  private static final Schema SCHEMA = schema();
  private static final TransactionFeature[] FEATURES = TransactionFeature.values();
  private static final Field[] FIELDS = SCHEMA.fields().toArray(Field[]::new);

  private static Schema schema() {
    SchemaBuilder struct = SchemaBuilder.struct().optional();
    for (TransactionFeature feature : TransactionFeature.values()) {
      struct.field(feature.lowerCaseName(), Schema.OPTIONAL_FLOAT64_SCHEMA);
    }
    return struct.build();
  }

  @Udf(
      description = "For what PACK_TRANSACTION, CARD_FEATURES and MERCHANT_FEATURES gave.",
      schema = TransactionFeatures.STRUCT)
  public Struct allFeatures(
      @UdfParameter(value = "transaction", description = "from PACK_TRANSACTION")
          ByteBuffer transaction,
      @UdfParameter(value = "card", description = "from CARD_FEATURES of the packed transaction")
          ByteBuffer card,
      @UdfParameter(
              value = "merchant",
              description = "from MERCHANT_FEATURES",
              schema = MerchantMeasurement.STRUCT)
          Struct merchant) {
    if (transaction == null) {
      return null;
    }
    return LastUnpacked.features(
        transaction, card, merchant, () -> measured(transaction, card, merchant));
  }

  private static Struct measured(ByteBuffer transaction, ByteBuffer card, Struct merchant) {
    ValidTransaction told = LastUnpacked.transaction(transaction);
    CardMeasurement measured = CardHistory.readHead(card).latest();
    Struct row = new Struct(SCHEMA);
    for (int i = 0; i < FIELDS.length; i++) {
      row.put(FIELDS[i], value(FEATURES[i], FIELDS[i], told, measured, merchant));
    }
    return row;
  }

  private static Double value(
      TransactionFeature feature,
      Field field,
      ValidTransaction told,
      CardMeasurement card,
      Struct merchant) {
    return switch (feature.source()) {
      case CARD -> card == null ? null : nullIfNaN(OF_CARD.get(feature).applyAsDouble(card));
      case MERCHANT -> merchant == null ? null : merchant.getFloat64(field.name());
      case TRANSACTION -> nullIfNaN(OF_TRANSACTION.get(feature).applyAsDouble(told));
    };
  }

  private static Double nullIfNaN(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}
