package dev.flagstream.training.history;

import dev.flagstream.generator.feed.LabelDelay;
import dev.flagstream.generator.simulation.handbook.HandbookParameters;
import dev.flagstream.generator.simulation.handbook.HandbookSimulation;
import dev.flagstream.training.table.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The Handbook's simulator with a seed of our own as a history. */
public final class HandbookHistory {

  private HandbookHistory() {}

  /** The transactions of a range, each fraud reported after the same delay. */
  public static List<LabelledTransaction> simulate(
      long seed, TimeRange range, Duration reportedAfter) {
    List<LabelledTransaction> history = new ArrayList<>();
    new SimulatedHistory(
            new HandbookSimulation(new HandbookParameters(seed)),
            range,
            new LabelDelay.Constant(reportedAfter),
            seed)
        .forEachRemaining(history::add);
    return history;
  }
}
