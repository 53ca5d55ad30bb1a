package dev.flagstream.udf.features;

import dev.flagstream.udf.TransactionFeatures;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
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

  private static final List<String> NAMES =
      TransactionFeatures.names().stream().filter(name -> name.startsWith("merchant_")).toList();
  private static final Schema SCHEMA = schema();
  private static final Field[] FIELDS = SCHEMA.fields().toArray(new Field[0]);
  private static final int FEATURES = NAMES.size();

  final long[] counts = new long[MerchantWindow.COUNT];
  final long[] frauds = new long[MerchantWindow.COUNT];

  private static Schema schema() {
    SchemaBuilder struct = SchemaBuilder.struct().optional();
    NAMES.forEach(
        name -> struct.field(name.toUpperCase(Locale.ROOT), Schema.OPTIONAL_FLOAT64_SCHEMA));
    return struct
        .field("EVENTS_MERGED", Schema.OPTIONAL_INT64_SCHEMA)
        .field("EVENTS_TOO_LATE", Schema.OPTIONAL_INT64_SCHEMA)
        .build();
  }

  /** The result of a row that is no transaction: nothing but NULLs. */
  static Struct nothing() {
    return new Struct(SCHEMA);
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
    Struct row = new Struct(SCHEMA);
    for (int window = 0; window < MerchantWindow.COUNT; window++) {
      row.put(FIELDS[2 * window], (double) counts[window]);
      row.put(FIELDS[2 * window + 1], share(window));
    }
    row.put(FIELDS[FEATURES], eventsMerged);
    row.put(FIELDS[FEATURES + 1], eventsTooLate);
    return row;
  }

  /** A label of a transaction that never came does not make a share above 1. */
  private double share(int window) {
    long count = counts[window];
    return count == 0 ? 0 : Math.min(frauds[window], count) / (double) count;
  }
}
