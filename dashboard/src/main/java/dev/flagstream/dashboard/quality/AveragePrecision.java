package dev.flagstream.dashboard.quality;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * The area under the precision-recall curve as a sum over its steps, without interpolation: the sum
 * over all distinct scores, from the highest on, of the gain in recall times the precision at that
 * score. Equal scores are one step. scikit-learn's {@code average_precision_score} defines it so.
 */
public final class AveragePrecision {

  private AveragePrecision() {}

  /**
   * Computes it; sorts both arrays.
   *
   * @param fraudScores scores of the frauds; no NaN
   * @param honestScores scores of the others; no NaN
   * @return 0 to 1; empty if there are no frauds
   */
  public static OptionalDouble of(double[] fraudScores, double[] honestScores) {
    if (fraudScores.length == 0) {
      return OptionalDouble.empty();
    }
    Arrays.sort(fraudScores);
    Arrays.sort(honestScores);
    double sum = 0;
    int frauds = 0;
    int honest = 0;
    while (frauds < fraudScores.length) {
      // Only a fraud's score adds to recall; all that scores as high or higher counts for
      // precision.
      double score = fraudScores[fraudScores.length - 1 - frauds];
      int before = frauds;
      frauds = countDownTo(score, fraudScores, frauds);
      honest = countDownTo(score, honestScores, honest);
      sum += (frauds - before) * ((double) frauds / (frauds + honest));
    }
    return OptionalDouble.of(sum / fraudScores.length);
  }

  /** How many of the highest are at least {@code score}; {@code counted} are known to be. */
  private static int countDownTo(double score, double[] ascending, int counted) {
    int count = counted;
    while (count < ascending.length && ascending[ascending.length - 1 - count] >= score) {
      count++;
    }
    return count;
  }
}
