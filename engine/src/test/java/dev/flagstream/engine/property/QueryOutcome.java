package dev.flagstream.engine.property;

import dev.flagstream.engine.offline.OfflineRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a query wrote, record by record, as texts that tell each byte apart. */
record QueryOutcome(List<Written> written) {

  /** A record; key and value are null where it has none. */
  record Written(String key, String value, long timeMs) {}

  static QueryOutcome of(List<OfflineRecord> records) {
    return new QueryOutcome(
        records.stream()
            .map(r -> new Written(text(r.key()), text(r.value()), r.timestampMs()))
            .toList());
  }

  /**
   * The records of each key in their order. Those without a key are in no order: they may be in any
   * partition.
   */
  Map<String, List<Written>> ofEachKey() {
    Map<String, List<Written>> records = new HashMap<>();
    written.forEach(w -> records.computeIfAbsent(w.key(), key -> new ArrayList<>()).add(w));
    records.getOrDefault(null, new ArrayList<>()).sort(Comparator.comparing(Written::toString));
    return records;
  }

  /** The records with values that are equal texts if they are the same values. */
  List<Written> comparable() {
    return written.stream()
        .map(w -> new Written(w.key(), SameRows.written(w.value()), w.timeMs()))
        .toList();
  }

  /** Latin-1 has a character for each byte. */
  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
