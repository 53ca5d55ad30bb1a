package dev.flagstream.training.run;

import dev.flagstream.training.table.FeatureTable;
import dev.flagstream.training.table.TimeSplit;

/**
 * What a training starts from.
 *
 * @param description of the data, for manifest and report: a file's name, or the simulation's
 *     parameters
 * @param table all rows
 * @param split of them
 */
public record TrainingInput(String description, FeatureTable table, TimeSplit split) {

  /** Checks that each part has frauds and honest transactions. */
  public TrainingInput {
    check("training", table.within(split.train()));
    check("validation", table.within(split.validation()));
    check("test", table.within(split.test()));
  }

  private static void check(String part, FeatureTable rows) {
    if (rows.frauds() == 0 || rows.frauds() == rows.size()) {
      throw new IllegalArgumentException(
          "The %s rows (%d) have %d frauds; both frauds and honest transactions are needed. Take more data or another split"
              .formatted(part, rows.size(), rows.frauds()));
    }
  }

  /** With the labels that are known when the delay after it is over: when one would train. */
  FeatureTable train() {
    return table.within(split.train()).asKnownAt(split.train().to().plus(split.delay()));
  }

  /** With the labels that are known when the delay after it is over. */
  FeatureTable validation() {
    return table.within(split.validation()).asKnownAt(split.validation().to().plus(split.delay()));
  }

  /** With the whole truth. */
  FeatureTable test() {
    return table.within(split.test());
  }
}
