package dev.flagstream.generator.report;

import java.util.Arrays;

/** Counts how many transactions fall into each of a fixed number of bins, honest and fraudulent. */
final class Tally {

  private final long[] honest;
  private final long[] fraud;

  Tally(int bins) {
    honest = new long[bins];
    fraud = new long[bins];
  }

  /** Counts one transaction; a bin beyond either end is the one at that end. */
  void add(int bin, boolean isFraud) {
    int within = Math.max(0, Math.min(honest.length - 1, bin));
    (isFraud ? fraud : honest)[within]++;
  }

  long honest(int bin) {
    return honest[bin];
  }

  long fraud(int bin) {
    return fraud[bin];
  }

  /** The share of the honest transactions in each bin; 0 where there are none at all. */
  double[] honestShares() {
    return shares(honest);
  }

  /** The share of the frauds in each bin; 0 where there are none at all. */
  double[] fraudShares() {
    return shares(fraud);
  }

  private static double[] shares(long[] counts) {
    double sum = Math.max(1, Arrays.stream(counts).sum());
    return Arrays.stream(counts).mapToDouble(count -> count / sum).toArray();
  }
}
