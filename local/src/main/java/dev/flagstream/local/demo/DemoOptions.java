package dev.flagstream.local.demo;

import dev.flagstream.generator.simulation.Rate;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run generates, for how long, and who can watch.
 *
 * @param rate transactions per second; empty to generate nothing
 * @param seed of the population and everything it does
 * @param duration empty to run until stopped
 * @param dashboardPort where the dashboard is, 0 for any free port; empty for none
 */
public record DemoOptions(
    Optional<Rate> rate, long seed, Optional<Duration> duration, Optional<Integer> dashboardPort) {}
