package dev.flagstream.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * Runs a target and looks at how much memory the reader asked for: more than an input of that
 * length deserves is a fault, however fast it went. Time is for a watchdog outside, which stops
 * what has no end.
 */
final class BoundedRun {

  /** For what an input may not exceed: mostly an expression's budget for a row, several times. */
  private static final long BYTES_OF_ANY = 1L << 30;

  private static final long BYTES_OF_A_BYTE = 64L << 10;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private BoundedRun() {}

  /**
   * Tries an input.
   *
   * @throws AssertionError if the target says so, or this thread took too much memory
   * @throws Exception what the target throws
   */
  static void of(FuzzTarget target, byte[] input) throws Exception {
    long most = BYTES_OF_ANY + BYTES_OF_A_BYTE * input.length;
    long taken = taken(target, input);
    if (taken > most) {
      // The first time may have loaded classes and models.
      taken = taken(target, input);
    }
    if (taken > most) {
      throw new AssertionError(
          "%d bytes of memory for an input of %d bytes, more than %d"
              .formatted(taken, input.length, most));
    }
  }

  private static long taken(FuzzTarget target, byte[] input) throws Exception {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    target.tryOut(input);
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
