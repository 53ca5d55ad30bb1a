package dev.flagstream.training.page;

import dev.flagstream.training.calibration.IsotonicCalibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of similar probability: what was predicted, and what happened.
 *
 * @param rows how many
 * @param predicted their mean probability
 * @param observed the share of frauds among them
 */
record Reliability(int rows, double predicted, double observed) {

  /**
   * Bounds between the groups: narrow where frauds are rare, which is where nearly all rows are.
   */
  private static final double[] BOUNDS = {0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.4, 0.6, 0.8};

  static List<Reliability> of(IsotonicCalibration calibration, double[] scores, boolean[] labels) {
    int[] rows = new int[BOUNDS.length + 1];
    double[] predicted = new double[rows.length];
    int[] frauds = new int[rows.length];
    for (int i = 0; i < scores.length; i++) {
      double probability = calibration.probability(scores[i]);
      int place = Arrays.binarySearch(BOUNDS, probability);
      int group = place >= 0 ? place : -place - 1;
      rows[group]++;
      predicted[group] += probability;
      frauds[group] += labels[i] ? 1 : 0;
    }
    List<Reliability> groups = new ArrayList<>();
    for (int group = 0; group < rows.length; group++) {
      if (rows[group] > 0) {
        groups.add(
            new Reliability(
                rows[group], predicted[group] / rows[group], (double) frauds[group] / rows[group]));
      }
    }
    return groups;
  }
}
