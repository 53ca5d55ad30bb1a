package dev.flagstream.training.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The non-decreasing step from score to probability that fits the labels best in least squares, by
 * pooling adjacent violators (Ayer et al. 1955), and linear between its points. Immutable.
 *
 * @param scores ascending, no two equal
 * @param probabilities of these scores, non-decreasing, 0 to 1
 */
public record IsotonicCalibration(List<Double> scores, List<Double> probabilities) {

  /** Checks the order. */
  public IsotonicCalibration {
    if (scores.isEmpty() || scores.size() != probabilities.size()) {
      throw new IllegalArgumentException(
          "%d scores for %d probabilities".formatted(scores.size(), probabilities.size()));
    }
    for (int i = 1; i < scores.size(); i++) {
      if (!(scores.get(i) > scores.get(i - 1))
          || !(probabilities.get(i) >= probabilities.get(i - 1))) {
        throw new IllegalArgumentException("Not ascending at point " + i);
      }
    }
    scores = List.copyOf(scores);
    probabilities = List.copyOf(probabilities);
  }

  /** Fits scores to labels, of which there are as many; at least one row is needed. */
  public static IsotonicCalibration fit(double[] scores, boolean[] labels) {
    Blocks blocks = new Blocks(scores.length);
    Integer[] order = new Integer[scores.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(scores[a], scores[b]));
    int next = 0;
    while (next < order.length) {
      double score = scores[order[next]];
      double rows = 0;
      double frauds = 0;
      while (next < order.length && scores[order[next]] == score) {
        rows++;
        frauds += labels[order[next]] ? 1 : 0;
        next++;
      }
      blocks.add(score, rows, frauds);
    }
    return blocks.calibration();
  }

  /**
   * The probability of a score: linear between two points, constant outside of them. NaN for NaN.
   */
  public double probability(double score) {
    if (Double.isNaN(score)) {
      return Double.NaN;
    }
    int place = Collections.binarySearch(scores, score);
    if (place >= 0) {
      return probabilities.get(place);
    }
    int above = -place - 1;
    if (above == 0) {
      return probabilities.get(0);
    }
    if (above == scores.size()) {
      return probabilities.get(above - 1);
    }
    double below = probabilities.get(above - 1);
    double share = (score - scores.get(above - 1)) / (scores.get(above) - scores.get(above - 1));
    return below + share * (probabilities.get(above) - below);
  }

  /**
   * Neighbouring scores with one probability; a block that would be lower than the one before it
   * joins it.
   */
  private static final class Blocks {

    private final double[] first;
    private final double[] last;
    private final double[] rows;
    private final double[] frauds;
    private int size;

    Blocks(int capacity) {
      first = new double[capacity];
      last = new double[capacity];
      rows = new double[capacity];
      frauds = new double[capacity];
    }

    void add(double score, double rowsOfScore, double fraudsOfScore) {
      first[size] = score;
      last[size] = score;
      rows[size] = rowsOfScore;
      frauds[size] = fraudsOfScore;
      size++;
      while (size > 1 && probability(size - 2) >= probability(size - 1)) {
        size--;
        last[size - 1] = last[size];
        rows[size - 1] += rows[size];
        frauds[size - 1] += frauds[size];
      }
    }

    private double probability(int block) {
      return frauds[block] / rows[block];
    }

    IsotonicCalibration calibration() {
      List<Double> scores = new ArrayList<>();
      List<Double> probabilities = new ArrayList<>();
      for (int block = 0; block < size; block++) {
        scores.add(first[block]);
        probabilities.add(probability(block));
        if (last[block] > first[block]) {
          scores.add(last[block]);
          probabilities.add(probability(block));
        }
      }
      return new IsotonicCalibration(scores, probabilities);
    }
  }
}
