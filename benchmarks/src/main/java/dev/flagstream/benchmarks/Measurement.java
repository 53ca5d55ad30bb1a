package dev.flagstream.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What one run of a job cost.
 *
 * @param cpu of the program's process, from the start of the job until all input was committed
 * @param span from the first record written to the last
 * @param written records in the sink
 */
record Measurement(
    Workload workload, String program, int round, Duration cpu, Duration span, long written) {

  private static final double NANOS_PER_MICRO = 1_000;

  double cpuMicros(int records) {
    return cpu.toNanos() / NANOS_PER_MICRO / records;
  }

  double perSecond(int records) {
    return records * 1_000.0 / Math.max(1, span.toMillis());
  }

  /** The middle value; of an even number, the mean of the two in the middle. */
  static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("No values");
    }
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1
        ? sorted[middle]
        : Arrays.stream(sorted, middle - 1, middle + 1).average().orElseThrow();
  }
}
