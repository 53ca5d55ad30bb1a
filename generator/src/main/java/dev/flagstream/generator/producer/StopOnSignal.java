package dev.flagstream.generator.producer;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * While it is open, a process that is asked to end (Ctrl-C, SIGTERM) stops what runs first, and
 * then lives until this is closed, so that a summary can be printed; 20 seconds at most.
 */
public final class StopOnSignal implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook;

  /**
   * Waits for signals from now on.
   *
   * @param what runs, for people
   * @param stop stops it and waits until it has stopped
   */
  public StopOnSignal(String what, Runnable stop) {
    hook = new Thread(() -> stop(what, stop), what + "-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stop(String what, Runnable stop) {
    stop.run();
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("gave up waiting for the end of the " + what);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already, which is why the hook is running.
    }
  }
}
