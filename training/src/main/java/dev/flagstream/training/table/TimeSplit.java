package dev.flagstream.training.table;

import java.time.Duration;
import java.time.Instant;

/**
 * History in three parts, one after the other: to learn from; to calibrate and to choose thresholds
 * on; to tell how good it is. Between two of them lies a delay, in which the frauds of the part
 * before it become known.
 *
 * @param train the first part
 * @param validation the second
 * @param test the last
 * @param delay between two parts
 */
public record TimeSplit(TimeRange train, TimeRange validation, TimeRange test, Duration delay) {

  private static final long INCLUSIVE_MS = 1;

  /** Checks the order. */
  public TimeSplit {
    if (delay.isNegative()) {
      throw new IllegalArgumentException("A delay cannot be negative: " + delay);
    }
    if (validation.from().isBefore(train.to().plus(delay))
        || test.from().isBefore(validation.to().plus(delay))) {
      throw new IllegalArgumentException(
          "Training %s, validation %s and test %s are not %s apart"
              .formatted(train, validation, test, delay));
    }
  }

  /**
   * Splits by shares of the rows; what happens within a delay after a part is in none.
   *
   * @param validationShare of the rows, delay included
   * @param testShare of the rows, delay included
   * @throws IllegalArgumentException if the data are too short for the delay
   */
  public static TimeSplit byShare(
      FeatureTable table, double validationShare, double testShare, Duration delay) {
    int rows = table.size();
    Instant first = timeOf(table, 0);
    Instant trainTo = timeOf(table, (int) Math.round(rows * (1 - validationShare - testShare)));
    Instant validationTo = timeOf(table, (int) Math.round(rows * (1 - testShare)));
    Instant end = timeOf(table, rows - 1).plusMillis(INCLUSIVE_MS);
    Instant validationFrom = trainTo.plus(delay);
    Instant testFrom = validationTo.plus(delay);
    if (!validationFrom.isBefore(validationTo) || !testFrom.isBefore(end)) {
      throw new IllegalArgumentException(
          "The data, %s to %s, are too short for a delay of %s between training, validation and test; say a shorter DELAY"
              .formatted(first, end, delay));
    }
    return new TimeSplit(
        new TimeRange(first, trainTo),
        new TimeRange(validationFrom, validationTo),
        new TimeRange(testFrom, end),
        delay);
  }

  private static Instant timeOf(FeatureTable table, int row) {
    return Instant.ofEpochMilli(table.rows().get(row).timeMs());
  }
}
