package dev.flagstream.training.table;

import java.time.Duration;
import java.time.Instant;

/**
 * The event times {@code from <= t < to}.
 *
 * @param from the first instant
 * @param to the first instant after
 */
public record TimeRange(Instant from, Instant to) {

  /** Checks that it does not end before it begins. */
  public TimeRange {
    if (to.isBefore(from)) {
      throw new IllegalArgumentException("A period from " + from + " cannot end at " + to);
    }
  }

  /** The period of that length from an instant on. */
  public static TimeRange from(Instant from, Duration length) {
    return new TimeRange(from, from.plus(length));
  }

  /** Whether an event time lies in it. */
  public boolean contains(long timeMs) {
    return timeMs >= from.toEpochMilli() && timeMs < to.toEpochMilli();
  }

  /** How long it is, in days of 24 hours. */
  public double days() {
    return (double) Duration.between(from, to).toMillis() / Duration.ofDays(1).toMillis();
  }

  @Override
  public String toString() {
    return from + " to " + to;
  }
}
