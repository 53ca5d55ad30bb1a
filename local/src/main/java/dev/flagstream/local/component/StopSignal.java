package dev.flagstream.local.component;

import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.StackException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jline.utils.Signals;

/**
 * The reasons to stop as something to wait for: Ctrl-C, SIGTERM, or something that went so wrong
 * that nothing can go on. A second signal ends the process at once, and so does a stop that takes
 * longer than {@link #LONGEST_STOP}: what was acknowledged is on disk by then. May be used from any
 * thread.
 *
 * <p>Not a shutdown hook: hooks run side by side, and those of Connect and Jetty then race with an
 * ordered stop, at worst into a deadlock.
 */
public final class StopSignal {

  /** How long the parts may take to stop in order. */
  public static final Duration LONGEST_STOP = Duration.ofSeconds(60);

  /** Thrown where work is broken off because a stop was requested. */
  public static final class StoppedException extends StackException {

    private static final long serialVersionUID = 1L;

    private StoppedException(int exitCode) {
      super(exitCode, "Stopped.", null);
    }
  }

  private final CountDownLatch requested = new CountDownLatch(1);
  private final AtomicReference<StackException> failure = new AtomicReference<>();
  private final AtomicReference<RuntimeException> breakdown = new AtomicReference<>();
  private volatile int exitCode = ExitCodes.INTERRUPTED;
  private volatile Runnable answer = () -> {};

  /** Takes over the signals of this process. */
  public static StopSignal install() {
    StopSignal signal = new StopSignal();
    Signals.register("INT", () -> signal.received(ExitCodes.INTERRUPTED));
    Signals.register("TERM", () -> signal.received(ExitCodes.TERMINATED));
    return signal;
  }

  private void received(int code) {
    if (isRequested()) {
      Runtime.getRuntime().halt(code);
    }
    exitCode = code;
    request();
    endInTime();
    answer.run();
  }

  /**
   * Sets what tells people that their signal has arrived. It runs once, immediately, on the
   * signal's thread; the parts may then need seconds to stop.
   */
  public void answerWith(Runnable said) {
    answer = said;
  }

  private void endInTime() {
    Thread watchdog =
        new Thread(
            () -> {
              try {
                Thread.sleep(LONGEST_STOP.toMillis());
              } catch (InterruptedException e) {
                return;
              }
              System.err.printf(
                  "%nNot all parts stopped within %d s: ends without them. The data are kept.%n",
                  LONGEST_STOP.toSeconds());
              Runtime.getRuntime().halt(exitCode());
            },
            "stop-watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
  }

  /** Asks to stop, as the first signal does. */
  public void request() {
    requested.countDown();
  }

  /** Asks to stop because of a problem with which nothing can go on; only the first one counts. */
  public void fail(StackException problem) {
    failure.compareAndSet(null, problem);
    exitCode = problem.exitCode();
    request();
    endInTime();
  }

  /** The problem that made it stop; empty if a signal or {@link #request} did. */
  public Optional<StackException> failure() {
    return Optional.ofNullable(failure.get());
  }

  /**
   * Notes why all is about to be stopped where nobody asked for it. A part that ends the process
   * while it is stopped would else be taken for the reason; only the first one counts.
   */
  public void note(RuntimeException reason) {
    if (!(reason instanceof StoppedException)) {
      breakdown.compareAndSet(null, reason);
    }
  }

  /** What {@link #note} was told first; empty if it was told nothing. */
  public Optional<RuntimeException> breakdown() {
    return Optional.ofNullable(breakdown.get());
  }

  /** The exit code of a process that was stopped in this way. */
  public int exitCode() {
    return exitCode;
  }

  /** Whether a stop has been asked for. */
  public boolean isRequested() {
    return requested.getCount() == 0;
  }

  /**
   * Breaks off what is going on if a stop has been asked for.
   *
   * @throws StackException the failure that asked for it, or a {@link StoppedException}
   */
  public void throwIfRequested() {
    if (isRequested()) {
      throw failure().orElseGet(() -> new StoppedException(exitCode));
    }
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
