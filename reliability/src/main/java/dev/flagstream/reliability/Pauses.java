package dev.flagstream.reliability;

import java.time.Duration;

/** Waits between two looks at something. */
final class Pauses {

  private Pauses() {}

  /**
   * Until so much time has passed since a moment; not at all if more has.
   *
   * @param beginNanos the moment, by {@link System#nanoTime}
   */
  static void until(long beginNanos, Duration since) {
    long left = since.toNanos() - (System.nanoTime() - beginNanos);
    if (left > 0) {
      of(Duration.ofNanos(left));
    }
  }

  /** An interrupt becomes an exception, and the thread stays interrupted. */
  static void of(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }
}
