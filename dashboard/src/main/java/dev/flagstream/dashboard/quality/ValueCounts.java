package dev.flagstream.dashboard.quality;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many values of a feature lie in each part of its range. Immutable.
 *
 * @param missing how many rows have no value
 * @param edges where one part ends and the next begins, ascending; a value that equals an edge is
 *     in the part above it; not copied, not to be changed
 * @param counts how many values are in each part: one more than there are edges; the same
 */
// Arrays: they are never compared, and counting looks into them for each value.
@SuppressWarnings("ArrayRecordComponent")
record ValueCounts(long missing, double[] edges, long[] counts) {

  private static final int TENTHS = 10;

  /** Checks that counts and edges fit together, and that the edges ascend. */
  ValueCounts {
    if (counts.length != edges.length + 1) {
      throw new IllegalArgumentException(
          "%d counts for %d edges; there must be one more".formatted(counts.length, edges.length));
    }
    for (int i = 1; i < edges.length; i++) {
      if (!(edges[i - 1] < edges[i])) {
        throw new IllegalArgumentException("The edges do not ascend: " + Arrays.toString(edges));
      }
    }
  }

  /** In the tenths of the values themselves, NaN where one is missing. */
  static ValueCounts of(double[] values) {
    double[] present =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).sorted().toArray();
    double[] edges = edges(present);
    return new ValueCounts(0, edges, new long[edges.length + 1]).countAgain(values);
  }

  /**
   * Few different values, such as yes and no, are a part each; where nine tenths are alike, what is
   * more than that is a part of its own. The bundles' histograms are made in the same way.
   */
  private static double[] edges(double[] ascending) {
    double[] different = Arrays.stream(ascending).distinct().limit(TENTHS + 1L).toArray();
    if (different.length <= TENTHS) {
      return Arrays.stream(different).skip(1).toArray();
    }
    double[] tenths =
        IntStream.range(1, TENTHS)
            .mapToDouble(tenth -> ascending[tenth * ascending.length / TENTHS])
            .filter(edge -> edge > ascending[0])
            .distinct()
            .toArray();
    return tenths.length == 0 ? new double[] {different[1]} : tenths;
  }

  /** Other values in the same parts, NaN where one is missing. */
  ValueCounts countAgain(double[] values) {
    long[] again = new long[counts.length];
    long without = 0;
    for (double value : values) {
      if (Double.isNaN(value)) {
        without++;
      } else {
        int found = Arrays.binarySearch(edges, value);
        again[found >= 0 ? found + 1 : -found - 1]++;
      }
    }
    return new ValueCounts(without, edges, again);
  }

  /** The counts, and behind them how many are missing. */
  long[] withMissing() {
    long[] all = Arrays.copyOf(counts, counts.length + 1);
    all[counts.length] = missing;
    return all;
  }
}
