package dev.flagstream.local.vitals;

import dev.flagstream.local.failure.ExitCodes;
import dev.flagstream.local.failure.Failure;
import dev.flagstream.local.failure.StackException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * The memory of the JVM. A library may swallow an OutOfMemoryError, or the JVM may come so close to
 * one that it collects garbage and does nothing else: either shows as a heap that stays full
 * whatever is collected. For one thread.
 */
final class HeapSpace {

  /** With less, the stack does not survive a minute at the default rate. */
  static final long NEEDED_MIB = 320;

  private static final long BYTES_PER_MIB = 1 << 20;
  private static final long SPAN_NANOS = 20_000_000_000L;
  private static final double FULL = 0.97;
  private static final double MOST_OF_THE_TIME = 0.8;
  private static final double NANOS_PER_MS = 1e6;

  private record Sample(long atNanos, long collectingMs, double used) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * Makes sure that the JVM may use enough.
   *
   * @throws StackException if not, with the figure that is needed
   */
  static void requireEnough(long maxBytes) {
    // What -Xmx says less a survivor space, with some collectors.
    if (maxBytes < NEEDED_MIB * BYTES_PER_MIB * 9 / 10) {
      throw new StackException(
          ExitCodes.MEMORY,
          String.format(
              Locale.ROOT,
              "The JVM may use %,d MiB of heap; the stack needs %,d MiB at least. Give more, as in"
                  + " make demo JAVA_OPTS=-Xmx512m.",
              maxBytes / BYTES_PER_MIB,
              NEEDED_MIB),
          null);
    }
  }

  void check(long nowNanos) {
    Runtime runtime = Runtime.getRuntime();
    double used = (double) (runtime.totalMemory() - runtime.freeMemory()) / runtime.maxMemory();
    check(nowNanos, collectingMs(), used);
  }

  private static long collectingMs() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionTime)
        .filter(ms -> ms > 0)
        .sum();
  }

  /**
   * Notes what was seen.
   *
   * @param collectingMs spent on collecting garbage since the JVM began
   * @param used share of the heap, 0 to 1
   * @throws StackException if the heap has been full for 20 s, most of which went into collecting
   */
  void check(long nowNanos, long collectingMs, double used) {
    samples.addLast(new Sample(nowNanos, collectingMs, used));
    while (samples.size() > 2 && nowNanos - samples.getFirst().atNanos() > SPAN_NANOS) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    double nanos = nowNanos - first.atNanos();
    double collecting = (collectingMs - first.collectingMs()) * NANOS_PER_MS;
    if (nanos >= SPAN_NANOS * MOST_OF_THE_TIME
        && collecting > nanos * MOST_OF_THE_TIME
        && samples.stream().allMatch(sample -> sample.used() > FULL)) {
      throw new StackException(ExitCodes.MEMORY, Failure.outOfMemory(), null);
    }
  }
}
