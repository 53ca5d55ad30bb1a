package dev.flagstream.benchmarks;

import java.util.Arrays;

/** The middle of what several rounds measured, which a single slow one does not move. */
public final class Median {

  private Median() {}

  /**
   * The middle value; of an even number, the mean of the two in the middle.
   *
   * @throws IllegalArgumentException if there are no values
   */
  public static double of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("No values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
