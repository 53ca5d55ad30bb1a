package dev.flagstream.local.demo;

import dev.flagstream.generator.simulation.Rate;
import java.time.Duration;
import java.util.Optional;

/**
 * What a run generates, and for how long.
 *
 * @param rate transactions per second; empty to generate nothing
 * @param seed of the population and everything it does
 * @param duration empty to run until stopped
 */
public record DemoOptions(Optional<Rate> rate, long seed, Optional<Duration> duration) {}
