package dev.flagstream.engine.topology;

import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.RowText;
import java.util.Optional;

/**
 * Folds rows into windows of which one row can concern several: sessions, and windows that overlap.
 *
 * <p>Kafka Streams takes the sessions that a row joins out of the store before it folds the row,
 * and folds a row into one overlapping window after the other. A row that cannot be folded into one
 * of them must not cost the others: it counts for nothing there, which stands in the processing
 * log. A session becomes longer by it all the same. A row that cannot be folded into an empty
 * window fails.
 *
 * <p>Thread-safe as far as the fold is.
 */
final class WindowFold {

  /** Stands for a window that is not there yet; compared by identity. */
  private static final Object[] NO_WINDOW = {};

  private final Fold fold;
  private final StateCodec states;
  private final ProcessingLog log;
  private final String logger;
  private final String where;

  /**
   * A fold into windows.
   *
   * @param states how states are stored: what it cannot write is refused
   * @param logger the step's name in the log
   * @param where a row that cannot be folded counts for nothing, in the log's words
   */
  WindowFold(Fold fold, StateCodec states, ProcessingLog log, String logger, String where) {
    this.fold = fold;
    this.states = states;
    this.log = log;
    this.logger = logger;
    this.where = where;
  }

  /** What a row begins with that no window is there for. */
  Object[] nothing() {
    return NO_WINDOW;
  }

  /** The state of two sessions that a row makes one; none of them has been taken out yet. */
  Object[] merge(Object[] left, Object[] right) {
    return storable(fold.merge(left == NO_WINDOW ? fold.apply() : left, right));
  }

  /** The state after one more row. */
  Object[] with(Object key, Object[] row, Object[] state) {
    if (state == NO_WINDOW) {
      return fold.apply(key, row, fold.apply());
    }
    try {
      return storable(fold.apply(key, row, state));
    } catch (RuntimeException e) {
      log.failed(
          logger,
          "Error processing record: " + e.getMessage() + ". It counts for nothing in " + where,
          Optional.of(e),
          () -> RowText.of(KeyKind.columns(key), row));
      return state;
    }
  }

  private Object[] storable(Object[] state) {
    states.write(state);
    return state;
  }
}
