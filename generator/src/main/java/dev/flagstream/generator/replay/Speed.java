package dev.flagstream.generator.replay;

import java.util.Locale;

/**
 * How fast event time passes.
 *
 * @param factor 1 as recorded, 10 for ten times as fast; infinite for as fast as possible
 */
record Speed(double factor) {

  static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

  private static final double NANOS_PER_MS = 1e6;

  Speed {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("a speed must be above 0");
    }
  }

  /**
   * Reads {@code max}, or a factor such as {@code 1} or {@code 10x}.
   *
   * @throws IllegalArgumentException naming the text, if it is neither
   */
  static Speed parse(String text) {
    String lowerCase = text.toLowerCase(Locale.ROOT);
    if (lowerCase.equals("max")) {
      return MAX;
    }
    try {
      double factor = Double.parseDouble(lowerCase.replaceFirst("[x×]$", ""));
      if (Double.isFinite(factor)) {
        return new Speed(factor);
      }
    } catch (IllegalArgumentException e) {
      throw noSpeed(text, e);
    }
    throw noSpeed(text, null);
  }

  boolean isPaced() {
    return Double.isFinite(factor);
  }

  /**
   * How long after the first row, in nanoseconds, a row is due that is {@code laterMs} later in
   * event time.
   */
  long dueNanos(long laterMs) {
    return (long) (laterMs * NANOS_PER_MS / factor);
  }

  private static IllegalArgumentException noSpeed(String text, Exception cause) {
    return new IllegalArgumentException(
        "'" + text + "' is not a speed: give max, 1 (as recorded), or a factor such as 10x", cause);
  }
}
