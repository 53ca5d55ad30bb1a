package dev.flagstream.engine.topology;

import dev.flagstream.engine.format.StateCodec;
import dev.flagstream.engine.topology.log.ProcessingLog;
import dev.flagstream.engine.topology.row.KeyKind;
import dev.flagstream.engine.topology.row.RowText;
import java.util.Optional;

/**
 * Folds rows into sessions.
 *
 * <p>Kafka Streams takes the sessions that a row joins out of the store before it folds the row. A
 * row that cannot be folded must not cost them: it makes their session longer, counts for nothing
 * in it, and stands in the processing log. A row that belongs to no session yet fails.
 *
 * <p>Thread-safe as far as the fold is.
 */
final class SessionFold {

  /** Stands for no session at all; compared by identity. */
  private static final Object[] NO_SESSION = {};

  private final Fold fold;
  private final StateCodec states;
  private final ProcessingLog log;
  private final String logger;

  /**
   * A fold into sessions.
   *
   * @param states how states are stored: what it cannot write is refused
   * @param logger the step's name in the log
   */
  SessionFold(Fold fold, StateCodec states, ProcessingLog log, String logger) {
    this.fold = fold;
    this.states = states;
    this.log = log;
    this.logger = logger;
  }

  /** What a row begins with that no session is there for. */
  Object[] nothing() {
    return NO_SESSION;
  }

  /** The state of two sessions that a row makes one; none of them has been taken out yet. */
  Object[] merge(Object[] left, Object[] right) {
    return storable(fold.merge(left == NO_SESSION ? fold.apply() : left, right));
  }

  /** The state after one more row. */
  Object[] with(Object key, Object[] row, Object[] state) {
    if (state == NO_SESSION) {
      return fold.apply(key, row, fold.apply());
    }
    try {
      return storable(fold.apply(key, row, state));
    } catch (RuntimeException e) {
      log.failed(
          logger,
          "Error processing record: " + e.getMessage() + ". It counts for nothing in its session",
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
