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
 * CARD_FEATURES: what a transaction is among the earlier ones of its card. Thread-safe once
 * configured: all that changes is in the state it is given.
 */
@UdafDescription(
    name = "CARD_FEATURES",
    description =
        "The features of the transaction that came last, in exact windows that end at it, in event"
            + " time. A transaction out of order has the features of its own time and counts where"
            + " it belongs, up to the grace period; one that comes again counts once.",
    category = Catalogue.CATEGORY,
    author = Catalogue.AUTHOR,
    version = Catalogue.VERSION)
public final class CardFeatures implements Udaf<Struct, ByteBuffer, Struct>, Configurable {

  private volatile FeatureSettings settings = FeatureSettings.DEFAULTS;

  private CardFeatures() {}

  @UdafFactory(
      description = "For GROUP BY the card's token. All NULL without a time or an amount.",
      paramSchema = CardEvent.STRUCT,
      aggregateSchema = "BYTES",
      returnSchema = CardMeasurement.STRUCT)
  public static Udaf<Struct, ByteBuffer, Struct> cardFeatures() {
    return new CardFeatures();
  }

  @Override
  public void configure(Map<String, ?> configs) {
    settings = FeatureSettings.ofCards(configs);
  }

  @Override
  public ByteBuffer initialize() {
    return ByteBuffer.allocate(0);
  }

  @Override
  public ByteBuffer aggregate(Struct current, ByteBuffer aggregate) {
    CardHistory history = CardHistory.read(aggregate);
    CardEvent event = CardEvent.of(current);
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
    return CardHistory.read(aggOne)
        .mergedWith(CardHistory.read(aggTwo), settings)
        .toBytes(settings);
  }

  @Override
  public Struct map(ByteBuffer agg) {
    CardHistory history = CardHistory.readHead(agg);
    CardMeasurement latest = history.latest();
    return latest == null
        ? CardMeasurement.nothing()
        : latest.toStruct(history.dropped(), history.tooLate());
  }
}
