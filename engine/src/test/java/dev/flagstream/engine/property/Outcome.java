package dev.flagstream.engine.property;

import dev.flagstream.engine.offline.OfflineRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a query wrote, record by record, as texts that tell each byte apart. */
record Outcome(List<Written> written) {

  /** A record; key and value are null where it has none. */
  record Written(String key, String value, long timeMs) {}

  static Outcome of(List<OfflineRecord> records) {
    return new Outcome(
        records.stream()
            .map(r -> new Written(text(r.key()), text(r.value()), r.timestampMs()))
            .toList());
  }

  /** Latin-1 has a character for each byte. */
  static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
