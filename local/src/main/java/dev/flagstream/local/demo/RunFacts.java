package dev.flagstream.local.demo;

import com.sun.management.OperatingSystemMXBean;
import dev.flagstream.local.flow.Backlog;
import dev.flagstream.local.flow.FlowCounts;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * When a run reached what its user waits for, how far the SQL fell behind in its first minute, and
 * what it cost. For one thread.
 */
final class RunFacts {

  /** For how long after the first transaction the backlog counts: while everything warms up. */
  private static final Duration FIRST_MINUTE = Duration.ofMinutes(1);

  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MS_PER_SECOND = 1e3;

  private final Backlog backlog = new Backlog();
  private Double secondsToReady;
  private Double cpuSecondsToReady;
  private Double secondsToFirstDecision;
  private Double secondsToFirstFlagged;
  private long firstInputNanos = Long.MAX_VALUE;

  /**
   * What is written down of a run. Seconds are since the process began; null where the run did not
   * get that far, or the system does not tell.
   *
   * @param secondsToReady until all parts could be used
   * @param secondsToFirstDecision until the first transaction was scored or rejected
   * @param secondsToFirstFlagged until the first flagged transaction was in the store
   * @param mostWaiting the most transactions that waited for the SQL at one moment of the first
   *     minute
   * @param longestWaitSeconds the longest that one of them had waited
   * @param cpuSecondsToReady CPU time that the process had taken by then
   * @param cpuSeconds CPU time that the process has taken in all
   * @param residentMemoryMiB of the whole process, now
   * @param mostResidentMemoryMiB the most it ever was
   */
  record Figures(
      Double secondsToReady,
      Double secondsToFirstDecision,
      Double secondsToFirstFlagged,
      long mostWaiting,
      double longestWaitSeconds,
      Double cpuSecondsToReady,
      double cpuSeconds,
      Long residentMemoryMiB,
      Long mostResidentMemoryMiB) {}

  /** All parts can be used. */
  void ready() {
    secondsToReady = secondsSinceTheProcessBegan();
    cpuSecondsToReady = cpuSeconds();
  }

  /**
   * Takes note of the state of a moment.
   *
   * @param atNanos as {@link System#nanoTime}
   * @param counts of this run; what an earlier one left is processed in it as well
   * @param before what the topics held when it began
   */
  void note(long atNanos, FlowCounts counts, FlowCounts before) {
    if (counts.input() > 0 && firstInputNanos == Long.MAX_VALUE) {
      firstInputNanos = atNanos;
    }
    if (counts.processed() > before.inFlight() && secondsToFirstDecision == null) {
      secondsToFirstDecision = secondsSinceTheProcessBegan();
    }
    if (atNanos - FIRST_MINUTE.toNanos() <= firstInputNanos) {
      backlog.note(atNanos, counts.plus(before));
    }
  }

  /**
   * A flagged transaction of this run is in the store.
   *
   * @return whether it was the first one of which this was said
   */
  boolean flaggedIsStored() {
    if (secondsToFirstFlagged != null) {
      return false;
    }
    secondsToFirstFlagged = secondsSinceTheProcessBegan();
    return true;
  }

  /** Whether that was said of one. */
  boolean hasFlagged() {
    return secondsToFirstFlagged != null;
  }

  /** What is known by now. */
  Figures figures() {
    return new Figures(
        secondsToReady,
        secondsToFirstDecision,
        secondsToFirstFlagged,
        backlog.mostTransactions(),
        backlog.longestNanos() / NANOS_PER_SECOND,
        cpuSecondsToReady,
        cpuSeconds(),
        boxed(ResidentMemory.mebibytes()),
        boxed(ResidentMemory.mostMebibytes()));
  }

  private static Long boxed(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }

  private static double secondsSinceTheProcessBegan() {
    return ManagementFactory.getRuntimeMXBean().getUptime() / MS_PER_SECOND;
  }

  private static double cpuSeconds() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return system.getProcessCpuTime() / NANOS_PER_SECOND;
  }
}
