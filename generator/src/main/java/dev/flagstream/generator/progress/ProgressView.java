package dev.flagstream.generator.progress;

import dev.flagstream.generator.producer.SendCounts;
import java.time.Duration;

/** Shows how far a run is. Used by one thread. */
public interface ProgressView extends AutoCloseable {

  /** For an expected number of transactions: not known. */
  long UNKNOWN = -1;

  /** Shows the counts of now; may be called as often as one likes. */
  void show(SendCounts counts, Duration behindSchedule);

  /** Leaves the terminal as it should be after the last {@link #show}. */
  @Override
  void close();
}
