package dev.flagstream.generator.progress;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says when it is time for the next of the lines that are written every now and then. For one
 * thread.
 */
public final class LineInterval {

  private static final double NANOS_PER_SECOND = 1e9;

  private final long lengthNanos;
  private final LongSupplier nanoClock;
  private final long startNanos;
  private long beganNanos;
  private long passedNanos;

  /**
   * Begins the first interval.
   *
   * @param nanoClock as {@link System#nanoTime}
   */
  public LineInterval(Duration length, LongSupplier nanoClock) {
    this.lengthNanos = length.toNanos();
    this.nanoClock = nanoClock;
    this.startNanos = nanoClock.getAsLong();
    this.beganNanos = startNanos;
  }

  /** Whether the interval is over; if it is, the next one begins. */
  public boolean isOver() {
    long nowNanos = nanoClock.getAsLong();
    if (nowNanos - beganNanos < lengthNanos) {
      return false;
    }
    passedNanos = nowNanos - beganNanos;
    beganNanos = nowNanos;
    return true;
  }

  /** The length of the last interval that was over, in seconds; 0 before the first. */
  public double lastSeconds() {
    return passedNanos / NANOS_PER_SECOND;
  }

  /** Seconds from the start to the end of the last interval that was over. */
  public double secondsSinceStart() {
    return (beganNanos - startNanos) / NANOS_PER_SECOND;
  }
}
