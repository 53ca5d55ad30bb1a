package dev.flagstream.udf.features;

import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.Struct;

/**
 * What a thread made last of packed values. A statement that takes twenty fields of one calls a
 * function twenty times, each time with the same object of the same row. Thread-safe: each thread
 * has its own.
 */
@SuppressWarnings("ReferenceEquality") // Meant: the same object holds the same bytes.
final class LastUnpacked {

  private static final ThreadLocal<LastUnpacked> OF_THREAD =
      ThreadLocal.withInitial(LastUnpacked::new);

  private ByteBuffer packedTransaction;
  private ValidTransaction transaction;
  private Struct transactionStruct;

  private ByteBuffer packedCard;
  private Struct cardStruct;

  private ByteBuffer transactionOfFeatures;
  private ByteBuffer cardOfFeatures;
  private Struct merchantOfFeatures;
  private Struct features;

  private LastUnpacked() {}

  /**
   * The transaction in these bytes, which nobody changes.
   *
   * @throws IllegalArgumentException if they hold none
   */
  static ValidTransaction transaction(ByteBuffer packed) {
    return OF_THREAD.get().of(packed).transaction;
  }

  /** The same as a STRUCT, which nobody must change. */
  static Struct transactionStruct(ByteBuffer packed) {
    LastUnpacked last = OF_THREAD.get().of(packed);
    if (last.transactionStruct == null) {
      last.transactionStruct = last.transaction.toStruct();
    }
    return last.transactionStruct;
  }

  /** The features of the card in these bytes as a STRUCT, which nobody must change. */
  static Struct cardStruct(ByteBuffer packed) {
    LastUnpacked last = OF_THREAD.get();
    if (last.packedCard != packed) {
      last.cardStruct = CardMeasurement.structOf(CardHistory.readHead(packed));
      last.packedCard = packed;
    }
    return last.cardStruct;
  }

  /**
   * All features as a STRUCT, which nobody must change.
   *
   * @param all how they are made where these three are not the last ones
   */
  static Struct features(
      ByteBuffer transaction, ByteBuffer card, Struct merchant, Supplier<Struct> all) {
    LastUnpacked last = OF_THREAD.get();
    if (last.transactionOfFeatures != transaction
        || last.cardOfFeatures != card
        || last.merchantOfFeatures != merchant) {
      last.features = all.get();
      last.transactionOfFeatures = transaction;
      last.cardOfFeatures = card;
      last.merchantOfFeatures = merchant;
    }
    return last.features;
  }

  private LastUnpacked of(ByteBuffer packed) {
    if (packedTransaction != packed) {
      transaction = ValidTransaction.read(packed);
      transactionStruct = null;
      packedTransaction = packed;
    }
    return this;
  }
}
