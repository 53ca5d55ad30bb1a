package dev.flagstream.generator.producer;

import dev.flagstream.generator.transaction.Transaction;
import java.util.concurrent.TimeUnit;

/**
 * When each transaction is due. The schedule never waits for the sink: what is late is sent at
 * once, so that a slow broker shows as delay instead of quietly lowering the rate.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * When a transaction should be sent.
   *
   * @param transaction the one to send
   * @param position how many were sent before it
   * @return nanoseconds since the start of the run; zero or less for something that is never late
   */
  long dueNanos(Transaction transaction, long position);

  /** Everything is due from the start: as fast as the sink takes it. */
  static Schedule asFastAsPossible() {
    return (transaction, position) -> 0;
  }

  /** Event time passes as fast as time itself. */
  static Schedule byEventTime(long startTimeMs) {
    return (transaction, position) ->
        TimeUnit.MILLISECONDS.toNanos(transaction.timestampMs() - startTimeMs);
  }

  /** So many a second, whatever their event times. */
  static Schedule evenly(double perSecond) {
    return (transaction, position) -> (long) (position / perSecond * TimeUnit.SECONDS.toNanos(1));
  }
}
