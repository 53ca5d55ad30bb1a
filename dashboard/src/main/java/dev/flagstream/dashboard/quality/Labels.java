package dev.flagstream.dashboard.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What has been reported of transactions: fraud, or taken back. Of more than {@value #MOST} the
 * oldest are forgotten. Thread-safe.
 */
final class Labels {

  static final int MOST = 200_000;

  private static final int ID = 0;
  private static final int FRAUD = 1;

  private final Map<String, Boolean> fraudById =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > MOST;
        }
      };

  /** Notes a row of id and verdict; the latest counts. */
  synchronized void note(JsonNode row) {
    if (row.path(ID).isTextual() && row.path(FRAUD).isBoolean()) {
      fraudById.remove(row.path(ID).textValue());
      fraudById.put(row.path(ID).textValue(), row.path(FRAUD).booleanValue());
    }
  }

  /** Whether a transaction is reported as a fraud. */
  synchronized boolean isFraud(String id) {
    return fraudById.getOrDefault(id, false);
  }

  /** How many transactions are reported as frauds. */
  synchronized long frauds() {
    return fraudById.values().stream().filter(fraud -> fraud).count();
  }
}
