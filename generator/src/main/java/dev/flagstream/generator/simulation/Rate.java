package dev.flagstream.generator.simulation;

import java.util.Locale;

/**
 * How many transactions happen per second of event time, and whether sending keeps to it.
 *
 * @param perSecond above 0; the mean, as gaps between transactions are exponential
 * @param paced true if transactions are sent when they are due, false if as fast as possible
 */
public record Rate(double perSecond, boolean paced) {

  /** As fast as possible, with event time advancing as at 1,000 transactions per second. */
  public static final Rate MAX = new Rate(1_000, false);

  private static final double HIGHEST_PER_SECOND = 10_000_000;

  public Rate {
    if (!(perSecond > 0 && perSecond <= HIGHEST_PER_SECOND)) {
      throw new IllegalArgumentException("a rate must be above 0 and at most 10,000,000");
    }
  }

  /** A rate that sending keeps to. */
  public static Rate perSecond(double perSecond) {
    return new Rate(perSecond, true);
  }

  /** Reads a number of transactions per second; {@code max} or 0 stands for {@link #MAX}. */
  public static Rate parse(String text) {
    if (text.equalsIgnoreCase("max")) {
      return MAX;
    }
    try {
      double perSecond = Double.parseDouble(text);
      return perSecond == 0 ? MAX : perSecond(perSecond);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a rate: give transactions per second (at most 10,000,000), or max",
          e);
    }
  }

  /** The form that {@link #parse} reads. */
  @Override
  public String toString() {
    if (!paced) {
      return "max";
    }
    return perSecond == Math.rint(perSecond)
        ? String.format(Locale.ROOT, "%.0f", perSecond)
        : Double.toString(perSecond);
  }
}
