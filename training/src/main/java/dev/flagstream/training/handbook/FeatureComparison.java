package dev.flagstream.training.handbook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Two computations of the same features, row by row. For one thread. */
public final class FeatureComparison {

  /** How far apart two values may be, relative to the larger of them and 1. */
  public static final double TOLERANCE = 1e-9;

  private final List<String> features;
  private final double[] largest;
  private final long[] differing;
  private long rows;
  private long rowsDiffering;
  private String first = "";

  /** A comparison of the features with these names. */
  public FeatureComparison(List<String> features) {
    this.features = List.copyOf(features);
    this.largest = new double[features.size()];
    this.differing = new long[features.size()];
  }

  /**
   * Compares a row.
   *
   * @param name of the row, for the message
   * @param one NaN where a feature is not defined, which only NaN equals
   */
  public void compare(String name, double[] one, double[] other) {
    if (one.length != largest.length || other.length != largest.length) {
      throw new IllegalArgumentException(
          "%d and %d values for %d features".formatted(one.length, other.length, largest.length));
    }
    rows++;
    boolean equal = true;
    for (int i = 0; i < largest.length; i++) {
      double difference = difference(one[i], other[i]);
      largest[i] = Math.max(largest[i], difference);
      if (difference > TOLERANCE) {
        differing[i]++;
        if (first.isEmpty()) {
          first = "%s, %s: %s and %s".formatted(name, features.get(i), one[i], other[i]);
        }
        equal = false;
      }
    }
    rowsDiffering += equal ? 0 : 1;
  }

  private static double difference(double one, double other) {
    if (Double.isNaN(one) || Double.isNaN(other)) {
      return Double.isNaN(one) == Double.isNaN(other) ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(one - other) / Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
  }

  /** Whether rows were compared and no value is further apart than {@link #TOLERANCE}. */
  public boolean isEqual() {
    return rows > 0 && rowsDiffering == 0;
  }

  /** How many rows were compared. */
  public long rows() {
    return rows;
  }

  /**
   * What came out, in one or two lines.
   *
   * @param expectedRows how many there should have been
   * @throws IllegalStateException if there were more or fewer
   */
  public String summary(int expectedRows) {
    if (rows != expectedRows) {
      throw new IllegalStateException("%d of %d rows were compared".formatted(rows, expectedRows));
    }
    double worst = Arrays.stream(largest).max().orElse(0);
    String all =
        String.format(
            Locale.ROOT,
            "%,d rows of %d features compared: %,d differ by more than %.0e; the largest difference is %.1e",
            rows,
            features.size(),
            rowsDiffering,
            TOLERANCE,
            worst);
    if (isEqual()) {
      return all;
    }
    StringBuilder text = new StringBuilder(all).append("; first: ").append(first);
    for (int i = 0; i < largest.length; i++) {
      if (differing[i] > 0) {
        text.append(String.format(Locale.ROOT, "%n  %s: %,d", features.get(i), differing[i]));
      }
    }
    return text.toString();
  }
}
