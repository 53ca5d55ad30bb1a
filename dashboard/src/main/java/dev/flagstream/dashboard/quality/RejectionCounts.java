package dev.flagstream.dashboard.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** How many records were rejected for which reason. Thread-safe. */
final class RejectionCounts {

  private static final int REASON = 0;
  private static final int COUNT = 1;

  private final Map<String, Long> byReason = new TreeMap<>();

  /** Notes the newest count of a reason. */
  synchronized void note(JsonNode row) {
    byReason.put(row.path(REASON).asText(), row.path(COUNT).asLong());
  }

  synchronized Map<String, Long> counts() {
    return new TreeMap<>(byReason);
  }
}
