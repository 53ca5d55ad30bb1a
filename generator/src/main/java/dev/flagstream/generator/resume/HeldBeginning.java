package dev.flagstream.generator.resume;

import dev.flagstream.generator.feed.FeedEvent;
import java.util.Optional;

/**
 * One partition (or file), which holds the beginning of the run's records that belong there.
 * Offered those records in order, it tells which it holds already. For one thread.
 */
final class HeldBeginning {

  private final String name;
  private final LastRecord last;
  private boolean passed;

  /**
   * Begins before the first record.
   *
   * @param name what messages call it
   * @param last the last record that it holds; empty if it holds none
   */
  HeldBeginning(String name, Optional<LastRecord> last) {
    this.name = name;
    this.last = last.orElse(null);
    this.passed = last.isEmpty();
  }

  Optional<LastRecord> last() {
    return Optional.ofNullable(last);
  }

  /** Whether everything that it held has been offered. */
  boolean isPassed() {
    return passed;
  }

  /**
   * Whether it holds the record.
   *
   * @throws ResumeException if its last record did not come at its time: then the records were not
   *     made by the same simulation
   */
  boolean holds(FeedEvent event) {
    if (passed) {
      return false;
    }
    if (event.timeMs() > last.timeMs()) {
      throw new ResumeException(
          name
              + " ends with "
              + last.transactionId()
              + ", which this simulation does not make: another version made it, or another --warm-up."
              + " Start another run with another --seed");
    }
    passed = event.transactionId().equals(last.transactionId());
    return true;
  }
}
