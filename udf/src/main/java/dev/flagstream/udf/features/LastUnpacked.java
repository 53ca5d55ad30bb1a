package dev.flagstream.udf.features;

import java.nio.ByteBuffer;
import org.apache.kafka.connect.data.Struct;

/**
 * What a thread unpacked last. A statement that takes twenty fields of a packed value calls a
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

  private LastUnpacked of(ByteBuffer packed) {
    if (packedTransaction != packed) {
      transaction = ValidTransaction.read(packed);
      transactionStruct = null;
      packedTransaction = packed;
    }
    return this;
  }
}
