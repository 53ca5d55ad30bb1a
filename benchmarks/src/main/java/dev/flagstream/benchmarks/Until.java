package dev.flagstream.benchmarks;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for facts, which are looked at again and again. */
public final class Until {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private Until() {}

  /**
   * Waits until something holds.
   *
   * @param fact an {@link IllegalStateException} of it ends the waiting; other failures pass, as
   *     those of a server that does not answer yet, unless they last
   * @return false if it does not hold after {@code patience}
   */
  public static boolean holds(BooleanSupplier fact, Duration patience) {
    RetryPolicy<Boolean> again =
        RetryPolicy.<Boolean>builder()
            .handleResult(false)
            .abortOn(IllegalStateException.class)
            .withDelay(PAUSE)
            .withMaxAttempts(-1)
            .withMaxDuration(patience)
            .build();
    return Failsafe.with(again).get(fact::getAsBoolean);
  }
}
