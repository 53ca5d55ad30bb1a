package dev.flagstream.dashboard.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
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
  private static final int TIME = 2;

  private final Map<String, Label> byId =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Label> eldest) {
          return size() > MOST;
        }
      };

  /**
   * What is said of a transaction.
   *
   * @param timeMs when it was made, epoch milliseconds; 0 if nobody said
   */
  private record Label(boolean fraud, long timeMs) {}

  /** Notes a row of id, verdict and the transaction's time; the latest counts. */
  synchronized void note(JsonNode row) {
    if (row.path(ID).isTextual() && row.path(FRAUD).isBoolean()) {
      byId.remove(row.path(ID).textValue());
      byId.put(
          row.path(ID).textValue(),
          new Label(row.path(FRAUD).booleanValue(), row.path(TIME).longValue()));
    }
  }

  /** Whether a transaction is reported as a fraud. */
  synchronized boolean isFraud(String id) {
    Label label = byId.get(id);
    return label != null && label.fraud();
  }

  /** How many transactions are reported as frauds. */
  synchronized long frauds() {
    return byId.values().stream().filter(Label::fraud).count();
  }

  /** How many transactions of each hour are reported as frauds, by the hour's beginning. */
  synchronized Map<Instant, Long> fraudsByHour() {
    Map<Instant, Long> frauds = new HashMap<>();
    for (Label label : byId.values()) {
      if (label.fraud()) {
        frauds.merge(
            Instant.ofEpochMilli(label.timeMs()).truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
      }
    }
    return frauds;
  }
}
