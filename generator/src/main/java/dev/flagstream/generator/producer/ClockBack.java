package dev.flagstream.generator.producer;

import java.time.Duration;
import java.util.Optional;

/**
 * Notices that the machine's clock was set back, by comparing it with the one that only counts.
 * Kafka's clients measure their pauses by it: set back by an hour, they send, commit, ask and
 * connect no more for an hour, and say nothing. For one thread.
 */
public final class ClockBack {

  private static final long NANOS_PER_MS = 1_000_000;

  /** For so long Kafka's clients may do nothing: half as long as a transaction may stay open. */
  private static final long LONGEST_STANDSTILL_MS = 5_000;

  /** The furthest that the clock has been ahead of the one that only counts. */
  private long furthestMs;

  /**
   * Begins to compare.
   *
   * @param nanos as {@link System#nanoTime}
   * @param wallMs as {@link System#currentTimeMillis}
   */
  public ClockBack(long nanos, long wallMs) {
    furthestMs = wallMs - nanos / NANOS_PER_MS;
  }

  /** By how much it has been set back, if that is more than Kafka's clients can wait for. */
  public Optional<Duration> look(long nanos, long wallMs) {
    long now = wallMs - nanos / NANOS_PER_MS;
    if (now < furthestMs - LONGEST_STANDSTILL_MS) {
      return Optional.of(Duration.ofMillis(furthestMs - now));
    }
    furthestMs = Math.max(furthestMs, now);
    return Optional.empty();
  }
}
