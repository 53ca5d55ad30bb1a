package dev.flagstream.local.demo;

import java.time.Duration;

/**
 * When to stop waiting for something that stands still.
 *
 * <p>It runs out only if nothing has moved for {@link #LEAST}, for {@value #TIMES_LONGEST} times
 * the longest standstill that was overcome, and in {@value #LOOKS} looks, each of which asked
 * broker, SQL server, sinks and store and had an answer. A busy machine answers late and overcomes
 * longer standstills, and so is waited for longer. For one thread.
 */
final class Patience {

  static final Duration LEAST = Duration.ofSeconds(60);
  static final int LOOKS = 100;
  static final int TIMES_LONGEST = 3;

  private long movedNanos;
  private long longestNanos;
  private int looks;
  private long last = Long.MIN_VALUE;

  /**
   * Begins to wait.
   *
   * @param nowNanos as {@link System#nanoTime}
   */
  Patience(long nowNanos) {
    movedNanos = nowNanos;
  }

  /**
   * Notes what was seen.
   *
   * @param state anything that is different as soon as something has moved
   */
  void look(long nowNanos, long state) {
    looks++;
    if (state != last) {
      if (last != Long.MIN_VALUE) {
        longestNanos = Math.max(longestNanos, nowNanos - movedNanos);
      }
      last = state;
      movedNanos = nowNanos;
      looks = 0;
    }
  }

  /** For how long nothing has moved. */
  Duration standstill(long nowNanos) {
    return Duration.ofNanos(nowNanos - movedNanos);
  }

  /** Whether it is time to give up. */
  boolean isExhausted(long nowNanos) {
    long nanos = nowNanos - movedNanos;
    return nanos >= LEAST.toNanos() && nanos >= TIMES_LONGEST * longestNanos && looks >= LOOKS;
  }
}
