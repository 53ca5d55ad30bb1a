package dev.flagstream.local.view;

import dev.flagstream.local.flow.CurrentWindow;
import dev.flagstream.local.flow.FlaggedTransaction;
import dev.flagstream.local.flow.FlowCounts;
import dev.flagstream.local.latency.LatencyFigures;
import dev.flagstream.local.quality.Quality;
import java.time.Duration;
import java.util.List;

/**
 * What the live view shows at one moment.
 *
 * @param running since the command began
 * @param counts records of this run
 * @param generatedPerSecond growth of the input topic
 * @param processedPerSecond growth of what has come out of the SQL server
 * @param stored documents of flagged transactions that have come into the store in this run
 * @param inputBefore records that the input topic held already, which none of the counts includes
 * @param lastFlagged newest first
 * @param window the newest window in which something was flagged
 * @param latency of the last while
 * @param quality how good the verdicts are; {@link Quality#NONE} while there is nothing to compare
 */
public record Telemetry(
    Duration running,
    FlowCounts counts,
    double generatedPerSecond,
    double processedPerSecond,
    long stored,
    long inputBefore,
    List<FlaggedTransaction> lastFlagged,
    CurrentWindow window,
    LatencyFigures latency,
    Quality quality) {}
