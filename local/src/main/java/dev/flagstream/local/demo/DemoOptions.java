package dev.flagstream.local.demo;

import dev.flagstream.generator.simulation.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a run generates, for how long, and who can watch.
 *
 * @param rate transactions per second; empty to generate nothing
 * @param seed of the population and everything it does
 * @param duration empty to run until stopped
 * @param warmUp how long transactions do not count for latency
 * @param dashboard empty for none
 * @param metricsPort where Prometheus finds the metrics, 0 for any free port; empty for none
 */
public record DemoOptions(
    Optional<Rate> rate,
    long seed,
    Optional<Duration> duration,
    Duration warmUp,
    Optional<DashboardChoice> dashboard,
    OptionalInt metricsPort) {

  /**
   * The dashboard of a run.
   *
   * @param port 0 for any free one
   * @param analyst who gives verdicts on it; empty if it is read-only
   */
  public record DashboardChoice(int port, Optional<String> analyst) {}
}
