package dev.flagstream.local.quality;

import java.util.OptionalDouble;

/**
 * Verdicts beside the truth, in transactions.
 *
 * @param truePositives frauds that were flagged
 * @param falsePositives honest transactions that were flagged
 * @param falseNegatives frauds that were cleared
 * @param trueNegatives honest transactions that were cleared
 */
public record Confusion(
    long truePositives, long falsePositives, long falseNegatives, long trueNegatives) {

  public static final Confusion NONE = new Confusion(0, 0, 0, 0);

  /** How many of the flagged are frauds, 0 to 1; empty if nothing is flagged. */
  public OptionalDouble precision() {
    return share(truePositives, truePositives + falsePositives);
  }

  /** How many of the frauds are flagged, 0 to 1; empty if there are none. */
  public OptionalDouble recall() {
    return share(truePositives, frauds());
  }

  public long frauds() {
    return truePositives + falseNegatives;
  }

  public long transactions() {
    return frauds() + falsePositives + trueNegatives;
  }

  private static OptionalDouble share(long part, long whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
  }
}
