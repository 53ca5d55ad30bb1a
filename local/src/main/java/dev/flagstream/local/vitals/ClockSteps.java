package dev.flagstream.local.vitals;

import dev.flagstream.generator.producer.ClockBack;
import dev.flagstream.local.failure.StackException;
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

  private final ClockBack back;
  private long offsetMs;

  /**
   * Begins to compare.
   *
   * @param nanos as {@link System#nanoTime}
   * @param wallMs as {@link System#currentTimeMillis}
   */
  ClockSteps(long nanos, long wallMs) {
    offsetMs = wallMs - nanos / NANOS_PER_MS;
    back = new ClockBack(nanos, wallMs);
  }

  /**
   * Makes sure that Kafka's clients of this process can go on.
   *
   * @throws StackException if the clock has been set back by more than they can wait for
   */
  void requireNoneBack(long nanos, long wallMs) {
    back.look(nanos, wallMs)
        .ifPresent(
            by -> {
              throw new StackException(
                  String.format(
                      Locale.ROOT,
                      "The clock of this machine was set back by %,d s. Kafka's clients go by it"
                          + " and would stand still until it is as late again, so this ends. The"
                          + " data are kept; the same command goes on where it was.",
                      by.toSeconds()));
            });
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
