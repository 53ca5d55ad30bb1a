package dev.flagstream.dashboard.quality;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How far the distribution of a number has moved: the population stability index, the sum over
 * parts of (share now − share before) × ln(share now ÷ share before). The parts are the tenths of
 * the values before, and the missing ones. Up to 0.1 means that little has moved, 0.25 or more that
 * much has.
 */
final class StabilityIndex {

  private static final int TENTHS = 10;

  private StabilityIndex() {}

  /**
   * Computes it.
   *
   * @param before values, NaN for a missing one; not empty
   * @param now the same
   */
  static double of(double[] before, double[] now) {
    double[] edges = edges(before);
    double[] expected = shares(before, edges);
    double[] actual = shares(now, edges);
    double index = 0;
    for (int i = 0; i < expected.length; i++) {
      index += (actual[i] - expected[i]) * Math.log(actual[i] / expected[i]);
    }
    return index;
  }

  /** The upper ends of the tenths; fewer where many values are alike. */
  private static double[] edges(double[] values) {
    double[] present = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    Arrays.sort(present);
    return present.length == 0
        ? new double[0]
        : IntStream.range(1, TENTHS)
            .mapToDouble(tenth -> present[tenth * present.length / TENTHS])
            .distinct()
            .toArray();
  }

  /**
   * The share of each part, with half a value added so that none is empty; the last part holds the
   * missing values.
   */
  private static double[] shares(double[] values, double[] edges) {
    double[] counts = new double[edges.length + 2];
    Arrays.fill(counts, 0.5);
    for (double value : values) {
      counts[Double.isNaN(value) ? counts.length - 1 : part(value, edges)]++;
    }
    double all = values.length + counts.length / 2.0;
    return Arrays.stream(counts).map(count -> count / all).toArray();
  }

  /** How many edges the value is not below. */
  private static int part(double value, double[] edges) {
    int found = Arrays.binarySearch(edges, value);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
