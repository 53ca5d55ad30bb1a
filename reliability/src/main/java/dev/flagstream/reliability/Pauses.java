package dev.flagstream.reliability;

import java.time.Duration;

/** Waits between two looks at something. */
final class Pauses {

  private Pauses() {}

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
