package dev.flagstream.udf.features;

import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import java.nio.ByteBuffer;

/**
 * The transactions of one merchant that are still needed, and what is known of their frauds: all of
 * them, in whatever order they come. Lives as long as one call. Not thread-safe.
 *
 * <p>Kept are those of the longest window, the feedback delay and the grace period, counted back
 * from the newest.
 *
 * <p>{@link PackedMerchantHistory} says what the bytes are; the first version had no places, counts
 * and numbers of bytes, and the hours beside the transactions. A state of a later version, or one
 * that cannot be read, counts as none.
 */
final class MerchantHistory {

  private static final int VERSION_1 = 1;
  private static final int BYTES_EXPECTED_PER_EVENT = 8;
  private static final int BYTES_EXPECTED_PER_HOUR = 4;
  private static final int BYTES_EXPECTED_PER_LABEL = 18;
  private static final int BYTES_EXPECTED_BEFORE = 128;

  private long merged;
  private long tooLate;
  private MerchantMeasurement latest;
  private MerchantTransactions transactions = MerchantTransactions.none();
  private MerchantLabels labels = MerchantLabels.none();

  private MerchantHistory() {}

  /** Reads a state; none, or one that cannot be read, is a merchant without a history. */
  static MerchantHistory read(ByteBuffer state) {
    return read(state, true);
  }

  /** Reads the latest measurement and the counts only. */
  static MerchantHistory readHead(ByteBuffer state) {
    return read(state, false);
  }

  private static MerchantHistory read(ByteBuffer state, boolean events) {
    if (state == null || !state.hasRemaining()) {
      return new MerchantHistory();
    }
    try {
      StateReader reader = new StateReader(state);
      int version = reader.readByte();
      return version == PackedMerchantHistory.VERSION || version == VERSION_1
          ? readBody(reader, version, events)
          : new MerchantHistory();
    } catch (IndexOutOfBoundsException damaged) {
      return new MerchantHistory();
    }
  }

  private static MerchantHistory readBody(StateReader reader, int version, boolean events) {
    MerchantHistory history = new MerchantHistory();
    history.merged = reader.readVarint();
    history.tooLate = reader.readVarint();
    history.latest = reader.readByte() == 1 ? MerchantMeasurement.read(reader) : null;
    if (events && version == VERSION_1) {
      history.readVersion1(reader);
    } else if (events) {
      history.readEvents(reader);
    }
    return history;
  }

  private void readEvents(StateReader reader) {
    int size = reader.readSize();
    int unusedBytesOfBoth = reader.readSize();
    transactions = MerchantTransactions.after(MerchantHours.read(reader), size);
    labels = MerchantLabels.read(reader);
    if (size > 0) {
      PackedMerchantHistory.read(reader, size, transactions);
    }
  }

  private void readVersion1(StateReader reader) {
    int hours = reader.readSize();
    int size = reader.readSize();
    transactions = MerchantTransactions.after(MerchantHours.read(reader, hours), size);
    long timeMs = 0;
    for (int i = 0; i < size; i++) {
      timeMs += i == 0 ? reader.readSigned() : reader.readVarint();
      transactions.insert(new MerchantEvent.Transaction(reader.readInt(), timeMs));
    }
    labels = MerchantLabels.read(reader);
  }

  /** The state as bytes. */
  ByteBuffer toBytes(FeatureSettings settings) {
    StateWriter older =
        new StateWriter(
            transactions.hours().size() * BYTES_EXPECTED_PER_HOUR
                + labels.size() * BYTES_EXPECTED_PER_LABEL);
    transactions.hours().writeTo(older);
    labels.writeTo(older);
    StateWriter writer =
        new StateWriter(
            BYTES_EXPECTED_BEFORE + transactions.size() * BYTES_EXPECTED_PER_EVENT + older.size());
    writer.writeByte(PackedMerchantHistory.VERSION);
    writer.writeVarint(merged);
    writer.writeVarint(tooLate);
    writer.writeByte(latest == null ? 0 : 1);
    if (latest != null) {
      latest.writeTo(writer);
    }
    writer.writeVarint(transactions.size());
    writer.writeVarint(older.size());
    writer.write(older);
    if (!transactions.isEmpty()) {
      PackedMerchantHistory.write(writer, transactions, settings);
    }
    return writer.toBuffer();
  }

  long merged() {
    return merged;
  }

  long tooLate() {
    return tooLate;
  }

  /** The features of the latest arrival; null if that was no transaction. */
  MerchantMeasurement latest() {
    return latest;
  }

  /** A row that is neither a transaction nor a label has no features and changes nothing else. */
  void passOver() {
    latest = null;
  }

  /** Takes in what a row says. */
  void add(MerchantEvent event, FeatureSettings settings) {
    latest = null;
    boolean tooOld =
        !transactions.isEmpty()
            && event.timeMs() <= oldestNeededMs(transactions.newestMs(), settings);
    if (event instanceof MerchantEvent.Transaction transaction) {
      add(transaction, tooOld, settings);
    } else if (event instanceof MerchantEvent.Label label && !tooOld) {
      labels.add(label);
    }
    forget(settings);
  }

  private void add(
      MerchantEvent.Transaction transaction, boolean tooOld, FeatureSettings settings) {
    if (tooOld || transactions.hours().isMerged(transaction.timeMs())) {
      tooLate++;
    } else if (!transactions.contains(transaction)) {
      transactions.insert(transaction);
    }
    latest = measure(transaction.timeMs(), settings);
  }

  private MerchantMeasurement measure(long timeMs, FeatureSettings settings) {
    MerchantMeasurement measured = new MerchantMeasurement();
    MerchantCounts counts = new MerchantCounts(timeMs, settings);
    transactions.hours().count(counts);
    labels.count(counts);
    System.arraycopy(counts.merged, 0, measured.counts, 0, MerchantWindow.COUNT);
    System.arraycopy(counts.frauds, 0, measured.frauds, 0, MerchantWindow.COUNT);
    transactions.count(timeMs, settings.feedbackDelayMs(), measured.counts);
    return measured;
  }

  /** Up to this time, that time included, nothing can count any more. */
  static long oldestNeededMs(long newestMs, FeatureSettings settings) {
    return newestMs - MerchantWindow.MONTH.sizeMs - settings.feedbackDelayMs() - settings.graceMs();
  }

  private void forget(FeatureSettings settings) {
    if (!transactions.isEmpty()) {
      long oldestNeededMs = oldestNeededMs(transactions.newestMs(), settings);
      transactions.forgetUntil(oldestNeededMs);
      labels.forgetUntil(oldestNeededMs);
      merged += transactions.mergeBeyond(settings.maxEvents());
    }
    // Also of a merchant that nobody has paid: labels may name any.
    merged += labels.mergeBeyond(settings.maxEvents());
  }

  /** Both histories as one. Nobody makes session windows of merchants, but ksqlDB may ask. */
  MerchantHistory mergedWith(MerchantHistory other, FeatureSettings settings) {
    MerchantHistory longer = transactions.size() >= other.transactions.size() ? this : other;
    MerchantHistory shorter = longer == this ? other : this;
    shorter.transactions.forEach(longer::insertIfNew);
    shorter.labels.forEach(longer.labels::add);
    longer.merged += shorter.merged;
    longer.tooLate += shorter.tooLate;
    longer.latest = longer.latest == null ? shorter.latest : longer.latest;
    longer.forget(settings);
    return longer;
  }

  private void insertIfNew(MerchantEvent.Transaction transaction) {
    if (!transactions.hours().isMerged(transaction.timeMs())
        && !transactions.contains(transaction)) {
      transactions.insert(transaction);
    }
  }
}
