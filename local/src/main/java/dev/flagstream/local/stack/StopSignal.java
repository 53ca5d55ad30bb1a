package dev.flagstream.local.stack;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jline.utils.Signals;

/**
 * Ctrl-C and SIGTERM as something to wait for. The second one ends the process at once.
 *
 * <p>Not a shutdown hook: hooks run side by side, and those of Connect and Jetty then race with an
 * ordered stop, at worst into a deadlock.
 */
public final class StopSignal {

  private static final int EXIT_FORCED = 130;

  private final CountDownLatch requested = new CountDownLatch(1);

  /** Takes over the signals of this process. */
  public static StopSignal install() {
    var signal = new StopSignal();
    Signals.register("INT", signal::received);
    Signals.register("TERM", signal::received);
    return signal;
  }

  private void received() {
    if (isRequested()) {
      Runtime.getRuntime().halt(EXIT_FORCED);
    }
    request();
  }

  /** Asks to stop, as the first signal does. */
  public void request() {
    requested.countDown();
  }

  /** Whether a stop has been asked for. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /** Waits for the request. */
  public void await() throws InterruptedException {
    requested.await();
  }

  /**
   * Waits for the request, but not longer than {@code atMost}.
   *
   * @return whether it came
   */
  public boolean await(Duration atMost) throws InterruptedException {
    return requested.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
