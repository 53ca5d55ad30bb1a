package dev.flagstream.training.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Scores with their labels, highest first, equal scores together: everything that follows from the
 * order alone. Immutable.
 */
public final class Ranking {

  private final double[] thresholds;
  private final long[] truePositives;
  private final long[] falsePositives;

  private Ranking(double[] thresholds, long[] truePositives, long[] falsePositives) {
    this.thresholds = thresholds;
    this.truePositives = truePositives;
    this.falsePositives = falsePositives;
  }

  /**
   * Puts scores in order.
   *
   * @param scores none of them NaN
   * @param labels as many; {@code true} is a fraud
   */
  public static Ranking of(double[] scores, boolean[] labels) {
    if (scores.length != labels.length) {
      throw new IllegalArgumentException(
          "%d scores for %d labels".formatted(scores.length, labels.length));
    }
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[b], scores[a]));
    double[] thresholds = new double[scores.length];
    long[] truePositives = new long[scores.length];
    long[] falsePositives = new long[scores.length];
    int groups = 0;
    long found = 0;
    long mistaken = 0;
    for (int i = 0; i < order.length; i++) {
      double score = scores[order[i]];
      if (Double.isNaN(score)) {
        throw new IllegalArgumentException("Score " + order[i] + " is NaN");
      }
      if (labels[order[i]]) {
        found++;
      } else {
        mistaken++;
      }
      if (i + 1 == order.length || scores[order[i + 1]] != score) {
        thresholds[groups] = score;
        truePositives[groups] = found;
        falsePositives[groups] = mistaken;
        groups++;
      }
    }
    return new Ranking(
        Arrays.copyOf(thresholds, groups),
        Arrays.copyOf(truePositives, groups),
        Arrays.copyOf(falsePositives, groups));
  }

  /** How many frauds there are. */
  public long frauds() {
    return thresholds.length == 0 ? 0 : truePositives[thresholds.length - 1];
  }

  /** How many honest transactions there are. */
  public long honest() {
    return thresholds.length == 0 ? 0 : falsePositives[thresholds.length - 1];
  }

  /**
   * The area under the ROC curve: the chance that a fraud scores higher than an honest transaction,
   * a tie counting one half. NaN without frauds or without honest ones.
   */
  public double aucRoc() {
    double area = 0;
    long lastTrue = 0;
    long lastFalse = 0;
    for (int i = 0; i < thresholds.length; i++) {
      area += (falsePositives[i] - lastFalse) * (truePositives[i] + lastTrue) / 2.0;
      lastTrue = truePositives[i];
      lastFalse = falsePositives[i];
    }
    return area / ((double) frauds() * honest());
  }

  /**
   * Average precision as scikit-learn defines it: the sum over the distinct thresholds of (recall -
   * recall before) × precision; no interpolation. NaN without frauds.
   */
  public double averagePrecision() {
    double sum = 0;
    long lastTrue = 0;
    for (int i = 0; i < thresholds.length; i++) {
      sum += (truePositives[i] - lastTrue) * precision(i);
      lastTrue = truePositives[i];
    }
    return sum / frauds();
  }

  /**
   * A point of the curves: what an alert from this score on would give.
   *
   * @param threshold the least score with an alert
   * @param recall share of the frauds found
   * @param falsePositiveRate share of the honest transactions with an alert
   * @param precision share of the alerts that are frauds
   * @param alerts how many there are
   */
  public record Point(
      double threshold, double recall, double falsePositiveRate, double precision, long alerts) {}

  /** A point for each distinct score, highest first. */
  public List<Point> points() {
    List<Point> points = new ArrayList<>(thresholds.length);
    for (int i = 0; i < thresholds.length; i++) {
      points.add(
          new Point(
              thresholds[i],
              (double) truePositives[i] / frauds(),
              (double) falsePositives[i] / honest(),
              precision(i),
              truePositives[i] + falsePositives[i]));
    }
    return points;
  }

  private double precision(int group) {
    return (double) truePositives[group] / (truePositives[group] + falsePositives[group]);
  }
}
