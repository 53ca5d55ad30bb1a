package dev.flagstream.engine.function.builtin.aggregate;

import java.util.Map;

/** Reads the settings that bound how much an aggregate collects. */
final class Limits {

  private Limits() {}

  /**
   * The limit under a key; no limit where there is none or it is negative, as in ksqlDB.
   *
   * @throws IllegalArgumentException if it is no whole number
   */
  static int read(Map<String, ?> settings, String key) {
    Object value = settings.get(key);
    if (value == null) {
      return Integer.MAX_VALUE;
    }
    try {
      int limit = Integer.parseInt(value.toString().trim());
      return limit < 0 ? Integer.MAX_VALUE : limit;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be a whole number, not '" + value + "'", e);
    }
  }
}
