package dev.flagstream.training.table;

import dev.flagstream.generator.feed.DurationText;
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

  private static final int PARTS = 3;
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
              .formatted(train, validation, test, DurationText.of(delay)));
    }
  }

  /**
   * Splits by shares of the rows; what happens within a delay after a part is in none.
   *
   * @param validationShare of the rows, delay included
   * @param testShare of the rows, delay included
   * @throws IllegalArgumentException if the shares leave a part without rows, or the data are too
   *     short for the delay
   */
  public static TimeSplit byShare(
      FeatureTable table, double validationShare, double testShare, Duration delay) {
    if (!(validationShare > 0 && testShare > 0 && validationShare + testShare < 1)) {
      throw new IllegalArgumentException(
          "The shares of validation and test, %s and %s, must be above 0 and leave rows to train on"
              .formatted(validationShare, testShare));
    }
    int rows = table.size();
    if (rows < PARTS) {
      throw new IllegalArgumentException(
          rows + " rows are too few for training, validation and test");
    }
    Instant first = timeOf(table, 0);
    Instant trainTo = timeOf(table, rowAfter(1 - validationShare - testShare, rows));
    Instant validationTo = timeOf(table, rowAfter(1 - testShare, rows));
    Instant end = timeOf(table, rows - 1).plusMillis(INCLUSIVE_MS);
    Instant validationFrom = trainTo.plus(delay);
    Instant testFrom = validationTo.plus(delay);
    if (!validationFrom.isBefore(validationTo) || !testFrom.isBefore(end)) {
      throw new IllegalArgumentException(
          "The data, %s to %s, are too short for a delay of %s between training, validation and test; give a shorter DELAY"
              .formatted(first, end, DurationText.of(delay)));
    }
    return new TimeSplit(
        new TimeRange(first, trainTo),
        new TimeRange(validationFrom, validationTo),
        new TimeRange(testFrom, end),
        delay);
  }

  private static int rowAfter(double share, int rows) {
    return (int) Math.min(rows - 1L, Math.round(rows * share));
  }

  private static Instant timeOf(FeatureTable table, int row) {
    return Instant.ofEpochMilli(table.rows().get(row).timeMs());
  }
}
