package dev.flagstream.generator.producer;

import java.util.concurrent.TimeUnit;

/**
 * When each record is due. The schedule never waits for the sink: what is late is sent at once, so
 * that a slow broker shows as delay instead of quietly lowering the rate.
 */
@FunctionalInterface
public interface Schedule {

  /** The due time of something that is never late. */
  long AT_ONCE = Long.MIN_VALUE;

  /**
   * When a record should be sent.
   *
   * @param eventTimeMs milliseconds since the epoch
   * @return nanoseconds since the start of the run; below zero for what should have been sent
   *     before it
   */
  long dueNanos(long eventTimeMs);

  /** Everything is due from the start: as fast as the sink takes it. */
  static Schedule asFastAsPossible() {
    return eventTimeMs -> AT_ONCE;
  }

  /**
   * Event time passes as fast as time itself.
   *
   * @param startTimeMs the event time at the start of the run
   */
  static Schedule byEventTime(long startTimeMs) {
    return eventTimeMs -> TimeUnit.MILLISECONDS.toNanos(eventTimeMs - startTimeMs);
  }
}
