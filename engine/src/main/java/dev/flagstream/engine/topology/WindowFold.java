package dev.flagstream.engine.topology;

import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.topology.log.FailureText;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.RowText;
import java.util.Optional;

/**
 * Folds rows into windows of which one row can concern several: sessions, and windows that overlap.
 *
 * <p>Kafka Streams takes the sessions that a row joins out of the store before it folds the row,
 * and folds a row into one overlapping window after the other. A row that cannot be folded into one
 * of them must not cost the others: it counts for nothing there, which the processing log says. It
 * makes a session longer all the same. A row that cannot be folded even into an empty window fails.
 *
 * <p>Thread-safe as far as the fold is.
 */
final class WindowFold {

  /** Stands for no session at all; compared by identity. */
  private static final Object[] NO_SESSION = {};

  private final Fold fold;
  private final StateCodec states;
  private final ProcessingLog log;
  private final String logger;

  /**
   * A fold into windows.
   *
   * @param states how states are stored: what it cannot write is refused
   * @param logger the step's name in the log
   */
  WindowFold(Fold fold, StateCodec states, ProcessingLog log, String logger) {
    this.fold = fold;
    this.states = states;
    this.log = log;
    this.logger = logger;
  }

  /** The state that a row begins with for which there is no session. */
  Object[] nothing() {
    return NO_SESSION;
  }

  /** The state of two sessions that a row makes one; none of them has been taken out yet. */
  Object[] merge(Object[] left, Object[] right) {
    return storable(fold.merge(left == NO_SESSION ? fold.apply() : left, right));
  }

  /** The state of a session after one more row. */
  Object[] inSession(Object key, Object[] row, Object[] state) {
    if (state == NO_SESSION) {
      return fold.apply(key, row, fold.apply());
    }
    try {
      return storable(fold.apply(key, row, state));
    } catch (RuntimeException e) {
      note(e, key, row, "its session");
      return state;
    }
  }

  /** The state of one of several windows after one more row. */
  Object[] inOneWindow(Object key, Object[] row, Object[] state) {
    try {
      return storable(fold.apply(key, row, state));
    } catch (RuntimeException e) {
      // Fails where not even an empty window could hold the row.
      storable(fold.apply(key, row, fold.apply()));
      note(e, key, row, "one of its windows");
      return state;
    }
  }

  private void note(RuntimeException error, Object key, Object[] row, String where) {
    log.failed(
        logger,
        "Error processing record: " + FailureText.of(error) + ". It counts for nothing in " + where,
        Optional.of(error),
        () -> RowText.of(KeyKind.columns(key), row));
  }

  private Object[] storable(Object[] state) {
    states.write(state);
    return state;
  }
}
