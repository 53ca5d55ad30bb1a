package dev.flagstream.training.csv;

import dev.flagstream.generator.replay.csv.DateTimeText;

/**
 * Reads event times: a date, with or without a time (UTC unless it says otherwise), or a number:
 * milliseconds since the epoch from 10^11 on, else seconds or hours, since the epoch or since
 * whatever the data begin with.
 */
final class EventTime {

  private static final double LEAST_EPOCH_MS = 1e11;

  private EventTime() {}

  /**
   * The time in milliseconds.
   *
   * @param unitMs the unit of a number below 10^11, in milliseconds
   * @throws IllegalArgumentException saying what it should be
   */
  static long parseMs(String text, long unitMs) {
    String time = text.trim();
    try {
      double number = Double.parseDouble(time);
      if (!Double.isFinite(number)) {
        throw noTime();
      }
      return Math.round(number >= LEAST_EPOCH_MS ? number : number * unitMs);
    } catch (NumberFormatException notANumber) {
      long ms = DateTimeText.timeOrDateToEpochMs(time);
      if (ms == DateTimeText.NONE) {
        throw noTime();
      }
      return ms;
    }
  }

  private static IllegalArgumentException noTime() {
    return new IllegalArgumentException(
        "is not a time: a number of seconds or milliseconds, or as 2018-07-25 13:45:00");
  }
}
