package dev.flagstream.udf.features;

import dev.flagstream.udf.TransactionFeatures;
import dev.flagstream.udf.features.state.StateReader;
import dev.flagstream.udf.features.state.StateWriter;
import org.apache.kafka.connect.data.Struct;

/**
 * The features of one transaction among those of its merchant: by {@link MerchantWindow}, how many
 * there were and how many of them were known to be frauds. Not thread-safe.
 */
final class MerchantMeasurement {

  /** The SQL type of the result of MERCHANT_FEATURES. */
  static final String STRUCT =
      "STRUCT<"
          + TransactionFeatures.MERCHANT_FIELDS
          + ", EVENTS_MERGED BIGINT, EVENTS_TOO_LATE BIGINT>";

  private static final FeatureStruct<MerchantMeasurement> STRUCTS =
      new FeatureStruct<>(TransactionFeature.ofMerchant(), "EVENTS_MERGED", "EVENTS_TOO_LATE");

  final long[] counts = new long[MerchantWindow.COUNT];
  final long[] frauds = new long[MerchantWindow.COUNT];

  /** The result of a row that is no transaction: nothing but NULLs. */
  static Struct nothing() {
    return STRUCTS.nothing();
  }

  void writeTo(StateWriter state) {
    for (int window = 0; window < MerchantWindow.COUNT; window++) {
      state.writeVarint(counts[window]);
      state.writeVarint(frauds[window]);
    }
  }

  static MerchantMeasurement read(StateReader state) {
    MerchantMeasurement read = new MerchantMeasurement();
    for (int window = 0; window < MerchantWindow.COUNT; window++) {
      read.counts[window] = state.readVarint();
      read.frauds[window] = state.readVarint();
    }
    return read;
  }

  /** The measurement as SQL sees it. */
  Struct toStruct(long eventsMerged, long eventsTooLate) {
    return STRUCTS.of(this, eventsMerged, eventsTooLate);
  }

  double count(MerchantWindow window) {
    return counts[window.place()];
  }

  /** A label of a transaction that never came does not make a share above 1. */
  double fraudShare(MerchantWindow window) {
    long count = counts[window.place()];
    return count == 0 ? 0 : Math.min(frauds[window.place()], count) / (double) count;
  }
}
