package dev.flagstream.training.run;

import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeRange;
import dev.flagstream.training.table.TimeSplit;
import java.time.Duration;

/**
 * What a training starts from.
 *
 * @param description of the data, for manifest and report: a file's name, or the simulation's
 *     parameters
 * @param table all rows
 * @param split of them
 */
public record TrainingInput(String description, FeatureTable table, TimeSplit split) {

  /** Checks that each part has frauds, known when it is used, and honest transactions. */
  public TrainingInput {
    check("training", known(table, split.train(), split.delay()));
    check("validation", known(table, split.validation(), split.delay()));
    check("test", table.within(split.test()));
  }

  private static FeatureTable known(FeatureTable table, TimeRange part, Duration delay) {
    return table.within(part).asKnownAt(part.to().plus(delay));
  }

  private static void check(String part, FeatureTable rows) {
    if (rows.frauds() == 0 || rows.frauds() == rows.size()) {
      throw new IllegalArgumentException(
          "The %s rows (%d) have %d frauds that are known; both frauds and honest transactions are needed. Take more data or another split"
              .formatted(part, rows.size(), rows.frauds()));
    }
  }

  /** With the labels that are known when the delay after it is over: when one would train. */
  FeatureTable train() {
    return known(table, split.train(), split.delay());
  }

  /** With the labels that are known when the delay after it is over. */
  FeatureTable validation() {
    return known(table, split.validation(), split.delay());
  }

  /** With the whole truth. */
  FeatureTable test() {
    return table.within(split.test());
  }
}
