package dev.flagstream.udf.features;

import dev.flagstream.udf.Catalogue;
import io.confluent.ksql.function.udaf.Udaf;
import io.confluent.ksql.function.udaf.UdafDescription;
import io.confluent.ksql.function.udaf.UdafFactory;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.common.Configurable;
import org.apache.kafka.connect.data.Struct;

/**
 * MERCHANT_FEATURES: how many of a merchant's transactions turned out to be frauds, as far as was
 * known when a transaction was made. Thread-safe once configured: all that changes is in the state
 * it is given.
 */
@UdafDescription(
    name = "MERCHANT_FEATURES",
    description =
        "The features of the merchant of the transaction that came last: in exact windows that end"
            + " the feedback delay before it, how many transactions there were and the share of"
            + " frauds among them, by the labels that had been reported by then. A row with a time"
            + " of report is a label, others are transactions.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public final class MerchantFeatures implements Udaf<Struct, ByteBuffer, Struct>, Configurable {

  private volatile FeatureSettings settings = FeatureSettings.DEFAULTS;

  private MerchantFeatures() {}

  @UdafFactory(
      description = "For GROUP BY the merchant. All NULL for a label and without a merchant.",
      paramSchema = MerchantEvent.STRUCT,
      aggregateSchema = "BYTES",
      returnSchema = MerchantMeasurement.STRUCT)
  public static Udaf<Struct, ByteBuffer, Struct> merchantFeatures() {
    return new MerchantFeatures();
  }

  @Override
  public void configure(Map<String, ?> configs) {
    settings = FeatureSettings.ofMerchants(configs);
  }

  @Override
  public ByteBuffer initialize() {
    return ByteBuffer.allocate(0);
  }

  @Override
  public ByteBuffer aggregate(Struct current, ByteBuffer aggregate) {
    MerchantEvent event = MerchantEvent.of(current);
    ByteBuffer followed =
        event instanceof MerchantEvent.Transaction transaction
            ? PackedMerchantHistory.followedBy(transaction, aggregate, settings)
            : null;
    return followed == null ? afterReadingAll(event, aggregate) : followed;
  }

  private ByteBuffer afterReadingAll(MerchantEvent event, ByteBuffer aggregate) {
    MerchantHistory history = MerchantHistory.read(aggregate);
    if (event == null) {
      history.passOver();
    } else {
      history.add(event, settings);
    }
    return history.toBytes(settings);
  }

  /** For session windows only, which these features do not need. */
  @Override
  public ByteBuffer merge(ByteBuffer aggOne, ByteBuffer aggTwo) {
    return MerchantHistory.read(aggOne)
        .mergedWith(MerchantHistory.read(aggTwo), settings)
        .toBytes(settings);
  }

  @Override
  public Struct map(ByteBuffer agg) {
    MerchantHistory history = MerchantHistory.readHead(agg);
    MerchantMeasurement latest = history.latest();
    return latest == null
        ? MerchantMeasurement.nothing()
        : latest.toStruct(history.merged(), history.tooLate());
  }
}
