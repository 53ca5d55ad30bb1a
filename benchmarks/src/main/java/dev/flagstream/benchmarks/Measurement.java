package dev.flagstream.benchmarks;

import dev.flagstream.benchmarks.workload.Workload;
import java.time.Duration;

/**
 * What one run of a job cost.
 *
 * @param warmUp whether it does not count, since the JVM was still compiling
 * @param cpu of the program's process, from the start of the job until all input was committed
 * @param span from the first record written to the last
 * @param written records in the sink
 */
record Measurement(
    Workload workload, String program, boolean warmUp, Duration cpu, Duration span, long written) {

  private static final double NANOS_PER_MICRO = 1_000;

  double cpuMicros(int records) {
    return cpu.toNanos() / NANOS_PER_MICRO / records;
  }

  double perSecond(int records) {
    return records * 1_000.0 / Math.max(1, span.toMillis());
  }
}
