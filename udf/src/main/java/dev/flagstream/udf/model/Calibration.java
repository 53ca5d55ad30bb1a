package dev.flagstream.udf.model;

import java.util.Arrays;

/**
 * Turns raw scores into probabilities: by straight lines between given points, and constant outside
 * of them. Immutable and thread-safe.
 */
final class Calibration {

  private final double[] scores;
  private final double[] probabilities;

  /**
   * Takes the points.
   *
   * @param scores strictly ascending
   * @param probabilities from 0 to 1, not descending
   * @throws IllegalArgumentException if they are otherwise
   */
  Calibration(double[] scores, double[] probabilities) {
    if (scores.length == 0 || scores.length != probabilities.length) {
      throw new IllegalArgumentException(
          "%d scores and %d probabilities: as many of both are needed"
              .formatted(scores.length, probabilities.length));
    }
    for (int point = 0; point < scores.length; point++) {
      if (!(probabilities[point] >= 0 && probabilities[point] <= 1)) {
        throw new IllegalArgumentException(probabilities[point] + " is no probability");
      }
      if (point > 0 && !(scores[point] > scores[point - 1])) {
        throw new IllegalArgumentException(
            "the score %s does not ascend from %s".formatted(scores[point], scores[point - 1]));
      }
      if (point > 0 && probabilities[point] < probabilities[point - 1]) {
        throw new IllegalArgumentException(
            "the probability %s descends from %s"
                .formatted(probabilities[point], probabilities[point - 1]));
      }
    }
    this.scores = scores.clone();
    this.probabilities = probabilities.clone();
  }

  /** The probability of a score; NaN of NaN. */
  double probability(double score) {
    if (Double.isNaN(score)) {
      return score;
    }
    int found = Arrays.binarySearch(scores, score);
    if (found >= 0) {
      return probabilities[found];
    }
    int above = -found - 1;
    if (above == 0) {
      return probabilities[0];
    }
    if (above == scores.length) {
      return probabilities[above - 1];
    }
    double way = (score - scores[above - 1]) / (scores[above] - scores[above - 1]);
    return probabilities[above - 1] + way * (probabilities[above] - probabilities[above - 1]);
  }
}
