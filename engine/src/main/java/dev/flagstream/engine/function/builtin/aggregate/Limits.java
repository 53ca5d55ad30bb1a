package dev.flagstream.engine.function.builtin.aggregate;

import dev.flagstream.engine.function.RowBudget;
import java.util.Map;

/** Reads the settings that bound how much an aggregate collects. */
final class Limits {

  private Limits() {}

  /**
   * How many values an aggregate keeps that was told so; as many as it can of a negative number,
   * which means all in ksqlDB.
   *
   * @throws IllegalArgumentException if it is told to keep more than it can
   */
  static int most(String function, int told) {
    if (told > RowBudget.MOST_ELEMENTS) {
      throw new IllegalArgumentException(
          function + " keeps " + RowBudget.MOST_ELEMENTS + " values at most, not " + told);
    }
    return told < 0 ? RowBudget.MOST_ELEMENTS : told;
  }

  /**
   * The limit under a key; the largest where there is none or it is negative, which means none in
   * ksqlDB.
   *
   * @throws IllegalArgumentException if it is no whole number
   */
  static int read(Map<String, ?> settings, String key) {
    Object value = settings.get(key);
    if (value == null) {
      return RowBudget.MOST_ELEMENTS;
    }
    try {
      int limit = Integer.parseInt(value.toString().trim());
      return limit < 0 ? RowBudget.MOST_ELEMENTS : Math.min(limit, RowBudget.MOST_ELEMENTS);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(key + " must be a whole number, not '" + value + "'", e);
    }
  }
}
