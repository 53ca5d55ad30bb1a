package dev.flagstream.local.vitals;

import java.util.Locale;
import java.util.Optional;

/**
 * Notices that the machine's clock was set back or forward, by comparing it with the one that only
 * counts. For one thread.
 */
final class ClockSteps {

  private static final long NANOS_PER_MS = 1_000_000;
  private static final long NOTABLE_MS = 2_000;
  private static final long MS_PER_SECOND = 1_000;

  private long offsetMs;

  /**
   * Begins to compare.
   *
   * @param nanos as {@link System#nanoTime}
   * @param wallMs as {@link System#currentTimeMillis}
   */
  ClockSteps(long nanos, long wallMs) {
    offsetMs = wallMs - nanos / NANOS_PER_MS;
  }

  /** A sentence if the clock has been set since it was looked at the last time. */
  Optional<String> look(long nanos, long wallMs) {
    long now = wallMs - nanos / NANOS_PER_MS;
    long stepMs = now - offsetMs;
    offsetMs = now;
    if (Math.abs(stepMs) < NOTABLE_MS) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "The clock of this machine was set %s by %,d s. Transactions keep the dates that they"
                + " would have had; rates and durations do not depend on it.",
            stepMs < 0 ? "back" : "forward",
            Math.abs(stepMs) / MS_PER_SECOND));
  }
}
