package dev.flagstream.dashboard.quality;

import java.util.stream.LongStream;

/**
 * How far the distribution of a number has moved: the population stability index, the sum over
 * parts of (share now − share before) × ln(share now ÷ share before), as N. Siddiqi defines it in
 * Credit Risk Scorecards (Wiley, 2006), where up to 0.1 means that little has moved and 0.25 or
 * more that much has. It is the symmetric divergence of S. Kullback and R. A. Leibler (On
 * Information and Sufficiency, 1951) between the two distributions.
 */
final class StabilityIndex {

  /** Added to each count, so that no part is empty. */
  private static final double HALF = 0.5;

  private StabilityIndex() {}

  /**
   * Computes it over the parts of the values before; the missing values are a part, too.
   *
   * @param now values, NaN for a missing one; not empty
   */
  static double of(ValueCounts before, double[] now) {
    return of(before.withMissing(), before.countAgain(now).withMissing());
  }

  /** Over parts that are given: how many values each has, before and now. */
  static double of(long[] before, long[] now) {
    double index = 0;
    for (int i = 0; i < before.length; i++) {
      double expected = share(before, i);
      double actual = share(now, i);
      index += (actual - expected) * Math.log(actual / expected);
    }
    return index;
  }

  private static double share(long[] counts, int part) {
    return (counts[part] + HALF) / (LongStream.of(counts).sum() + HALF * counts.length);
  }
}
