package dev.flagstream.engine.function.builtin.aggregate;

import java.util.Map;

/** Reads the settings that bound how much an aggregate collects. */
final class Limits {

  private Limits() {}

  /**
   * The limit under a key, or no limit.
   *
   * @throws IllegalArgumentException if it is no number of at least 1
   */
  static int read(Map<String, ?> settings, String key) {
    Object value = settings.get(key);
    if (value == null) {
      return Integer.MAX_VALUE;
    }
    try {
      int limit = Integer.parseInt(value.toString().trim());
      if (limit >= 1) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be a whole number, not '" + value + "'", e);
    }
    throw new IllegalArgumentException(key + " must be 1 or more, not " + value);
  }
}
