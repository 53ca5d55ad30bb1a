package dev.flagstream.generator.progress;

import dev.flagstream.generator.producer.SendCounts;
import java.time.Duration;

/**
 * How far a run is.
 *
 * @param counts of the transactions
 * @param behindSchedule zero for a run on time or without a schedule
 * @param eventTimeMs of the latest record, milliseconds since the epoch; 0 before the first
 */
public record RunProgress(SendCounts counts, Duration behindSchedule, long eventTimeMs) {}
