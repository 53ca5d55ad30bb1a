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
public final class CardFeatures {

  private CardFeatures() {}

  @UdafFactory(
      description = "For GROUP BY the card's token. All NULL without a time or an amount.",
      paramSchema = CardEvent.STRUCT,
      aggregateSchema = "BYTES",
      returnSchema = CardMeasurement.STRUCT)
  public static Udaf<Struct, ByteBuffer, Struct> cardFeatures() {
    return new OfRows();
  }

  @UdafFactory(
      description =
          "The same of a transaction that PACK_TRANSACTION packed, for ALL_FEATURES and"
              + " UNPACK_CARD_FEATURES: what passes through several topics is written and read"
              + " quicker so. NULL where the features would be.",
      paramSchema = "BYTES",
      aggregateSchema = "BYTES",
      returnSchema = "BYTES")
  public static Udaf<ByteBuffer, ByteBuffer, ByteBuffer> cardFeaturesOfPacked() {
    return new OfPacked();
  }

  @UdafFactory(
      description =
          "The same of a packed transaction that says where it is in the input topic. If the card"
              + " has used its id before, in a record before it, it is not measured, and counts for"
              + " nothing: REPETITION_REASON says why.",
      paramSchema = "STRUCT<TRANSACTION BYTES, SOURCE_PARTITION INTEGER, SOURCE_OFFSET BIGINT>",
      aggregateSchema = "BYTES",
      returnSchema = "BYTES")
  public static Udaf<Struct, ByteBuffer, ByteBuffer> cardFeaturesOfArrivals() {
    return new OfArrivals();
  }

  /** What all have in common: the state, and all that is measured in it. */
  private abstract static class Aggregate<I, O> implements Udaf<I, ByteBuffer, O>, Configurable {

    private volatile FeatureSettings settings = FeatureSettings.DEFAULTS;

    /** The event in an argument; null if it is none. */
    abstract CardEvent eventIn(I argument);

    /** Whether an argument without an event says that the card is to be forgotten. */
    boolean forgets(I argument) {
      return false;
    }

    @Override
    public final void configure(Map<String, ?> configs) {
      settings = FeatureSettings.ofCards(configs);
    }

    @Override
    public final ByteBuffer initialize() {
      return ByteBuffer.allocate(0);
    }

    @Override
    public final ByteBuffer aggregate(I current, ByteBuffer aggregate) {
      CardEvent event = eventIn(current);
      if (event == null && forgets(current)) {
        return initialize();
      }
      ByteBuffer followed =
          event == null ? null : PackedCardHistory.followedBy(event, aggregate, settings);
      return followed == null ? afterReadingAll(event, aggregate) : followed;
    }

    private ByteBuffer afterReadingAll(CardEvent event, ByteBuffer aggregate) {
      CardHistory history = CardHistory.read(aggregate);
      if (event == null) {
        history.passOver();
      } else {
        history.add(event, settings);
      }
      return history.toBytes(settings);
    }

    /** For session windows only, which these features do not need. */
    @Override
    public final ByteBuffer merge(ByteBuffer aggOne, ByteBuffer aggTwo) {
      return CardHistory.read(aggOne)
          .mergedWith(CardHistory.read(aggTwo), settings)
          .toBytes(settings);
    }
  }

  private static final class OfRows extends Aggregate<Struct, Struct> {

    @Override
    CardEvent eventIn(Struct argument) {
      return CardEvent.of(argument);
    }

    @Override
    public Struct map(ByteBuffer agg) {
      return CardMeasurement.structOf(CardHistory.readHead(agg));
    }
  }

  /** What both of packed transactions have in common. */
  private abstract static class PackedAggregate<I> extends Aggregate<I, ByteBuffer> {

    final CardEvent eventIn(ByteBuffer packed, Arrival arrival) {
      try {
        return packed == null ? null : CardEvent.of(ValidTransaction.read(packed), arrival);
      } catch (IllegalArgumentException e) {
        return null; // No input makes it throw: it would stop all transactions of the card.
      }
    }

    final boolean isNone(ByteBuffer packed) {
      try {
        return packed != null && ValidTransaction.read(packed).isNone();
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    @Override
    public final ByteBuffer map(ByteBuffer agg) {
      return CardHistory.headOf(agg);
    }
  }

  private static final class OfPacked extends PackedAggregate<ByteBuffer> {

    @Override
    CardEvent eventIn(ByteBuffer argument) {
      return eventIn(argument, Arrival.UNKNOWN);
    }

    @Override
    boolean forgets(ByteBuffer argument) {
      return isNone(argument);
    }
  }

  private static final class OfArrivals extends PackedAggregate<Struct> {

    @Override
    CardEvent eventIn(Struct argument) {
      return argument == null
          ? null
          : eventIn(
              packed(argument),
              Arrival.of(
                  argument.getInt32("SOURCE_PARTITION"), argument.getInt64("SOURCE_OFFSET")));
    }

    @Override
    boolean forgets(Struct argument) {
      return argument != null && isNone(packed(argument));
    }

    private static ByteBuffer packed(Struct argument) {
      return (ByteBuffer) argument.get("TRANSACTION");
    }
  }
}
