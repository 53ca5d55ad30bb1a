package dev.flagstream.local.flow;

import java.math.BigDecimal;

/**
 * The newest 10 seconds of event time in which something was flagged.
 *
 * @param startMs epoch milliseconds, a multiple of {@link #SIZE_MS}
 * @param transactions how many were flagged
 * @param sum of their amounts
 * @param max the highest amount
 */
public record CurrentWindow(long startMs, long transactions, BigDecimal sum, BigDecimal max) {

  /** The size of the windows of ksql/09 and ksql/10. */
  public static final long SIZE_MS = 10_000;

  /** Before anything was flagged. */
  public static final CurrentWindow NONE =
      new CurrentWindow(Long.MIN_VALUE, 0, BigDecimal.ZERO, BigDecimal.ZERO);

  /** The start of the window that a time lies in. */
  public static long startOf(long timeMs) {
    return Math.floorDiv(timeMs, SIZE_MS) * SIZE_MS;
  }

  /** With one more flagged transaction; one of an older window changes nothing. */
  CurrentWindow plus(FlaggedTransaction flagged) {
    long start = startOf(flagged.eventTimeMs());
    if (start < startMs) {
      return this;
    }
    if (start > startMs) {
      return new CurrentWindow(start, 1, flagged.amount(), flagged.amount());
    }
    return new CurrentWindow(
        startMs, transactions + 1, sum.add(flagged.amount()), max.max(flagged.amount()));
  }
}
