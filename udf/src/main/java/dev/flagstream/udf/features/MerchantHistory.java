package dev.flagstream.udf.features;

import java.nio.ByteBuffer;

/**
 * The transactions of one merchant that are still needed, and what is known of their frauds. Lives
 * as long as one call. Not thread-safe.
 *
 * <p>Kept are those of the longest window, the feedback delay and the grace period, counted back
 * from the newest.
 *
 * <p>In bytes: the version of this form, how many were merged, how many came too late, the
 * measurement of the latest arrival, if any, transactions, labels. A state of another version, or
 * one that cannot be read, counts as none.
 */
final class MerchantHistory {

  private static final int VERSION = 1;
  private static final int BYTES_EXPECTED_PER_EVENT = 8;
  private static final int BYTES_EXPECTED_PER_LABEL = 18;
  private static final int BYTES_EXPECTED_BEFORE = 48;

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
      return reader.readByte() == VERSION ? readBody(reader, events) : new MerchantHistory();
    } catch (IndexOutOfBoundsException damaged) {
      return new MerchantHistory();
    }
  }

  private static MerchantHistory readBody(StateReader reader, boolean events) {
    MerchantHistory history = new MerchantHistory();
    history.merged = reader.readVarint();
    history.tooLate = reader.readVarint();
    history.latest = reader.readByte() == 1 ? MerchantMeasurement.read(reader) : null;
    if (events) {
      history.transactions = MerchantTransactions.read(reader);
      history.labels = MerchantLabels.read(reader);
    }
    return history;
  }

  /** The state as bytes. */
  ByteBuffer toBytes() {
    StateWriter writer =
        new StateWriter(
            BYTES_EXPECTED_BEFORE
                + transactions.size() * BYTES_EXPECTED_PER_EVENT
                + transactions.hours() * BYTES_EXPECTED_PER_EVENT / 2
                + labels.size() * BYTES_EXPECTED_PER_LABEL);
    writer.writeByte(VERSION);
    writer.writeVarint(merged);
    writer.writeVarint(tooLate);
    writer.writeByte(latest == null ? 0 : 1);
    if (latest != null) {
      latest.writeTo(writer);
    }
    transactions.writeTo(writer);
    labels.writeTo(writer);
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
    boolean tooOld = !transactions.isEmpty() && event.timeMs() <= oldestNeededMs(settings);
    if (event instanceof MerchantEvent.Transaction transaction) {
      add(transaction, tooOld, settings);
    } else if (event instanceof MerchantEvent.Label label && !tooOld) {
      labels.add(label);
    }
    if (!transactions.isEmpty()) {
      forget(settings);
    }
  }

  private void add(
      MerchantEvent.Transaction transaction, boolean tooOld, FeatureSettings settings) {
    if (tooOld || transactions.isMerged(transaction.timeMs())) {
      tooLate++;
    } else if (!transactions.contains(transaction)) {
      transactions.insert(transaction);
    }
    latest = measure(transaction.timeMs(), settings.feedbackDelayMs());
  }

  private MerchantMeasurement measure(long timeMs, long delayMs) {
    MerchantMeasurement measured = new MerchantMeasurement();
    transactions.count(timeMs, delayMs, measured.counts);
    labels.count(timeMs, delayMs, measured.frauds);
    return measured;
  }

  /** Up to this time, that time included, nothing can count any more. */
  private long oldestNeededMs(FeatureSettings settings) {
    return transactions.newestMs()
        - MerchantWindow.MONTH.sizeMs
        - settings.feedbackDelayMs()
        - settings.graceMs();
  }

  private void forget(FeatureSettings settings) {
    transactions.forgetUntil(oldestNeededMs(settings));
    labels.forgetUntil(oldestNeededMs(settings));
    merged += transactions.mergeBeyond(settings.maxEvents());
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
    if (!longer.transactions.isEmpty()) {
      longer.forget(settings);
    }
    return longer;
  }

  private void insertIfNew(MerchantEvent.Transaction transaction) {
    if (!transactions.isMerged(transaction.timeMs()) && !transactions.contains(transaction)) {
      transactions.insert(transaction);
    }
  }
}
