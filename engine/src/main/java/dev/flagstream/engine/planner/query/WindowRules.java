package dev.flagstream.engine.planner.query;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Query.Window;
import dev.flagstream.engine.ast.Query.WindowType;
import dev.flagstream.engine.plan.PlanStep.Windowing;
import dev.flagstream.engine.planner.refusal.PhysicalPlanException;
import java.time.Duration;

/** The rules that a window must meet to be kept, in the words of Kafka Streams. */
final class WindowRules {

  /** The name that the store of every aggregation has. */
  private static final String STORE = "Aggregate-Aggregate-Materialize";

  /** A row has a state in each of its windows, so this many reads and writes at most. */
  private static final long MOST_WINDOWS_OF_A_ROW = 100_000;

  private WindowRules() {}

  /**
   * Checks the windows of an aggregation.
   *
   * @param finalOnly whether only final results are wanted
   * @throws SqlException if there can be no such windows
   */
  static void check(Window window, boolean finalOnly) {
    checkSize(window);
    if (window.grace().filter(Duration::isNegative).isPresent()) {
      throw new PhysicalPlanException(
          window.type() == WindowType.SESSION
              ? "Grace period cannot be negative."
              : "Grace period must not be negative.");
    }
    window.advance().ifPresent(advance -> checkAdvance(window.size(), advance));
    Duration grace = window.grace().orElse(Windowing.defaultGrace(window.size(), finalOnly));
    requireCountable(window.size(), grace);
    window.retention().ifPresent(retention -> checkRetention(window, grace, retention));
  }

  /**
   * Checks that a row's time may be compared with the end of these spans one after the other, which
   * is counted in milliseconds of a BIGINT.
   *
   * @throws SqlException if they are too long together
   */
  static void requireCountable(Duration... spans) {
    long millis = 0;
    for (Duration span : spans) {
      millis += Math.max(0, span.toMillis());
      if (millis < 0) {
        throw new SqlException(
            "long overflow\nThe sizes and the grace period are longer together than %d milliseconds: shorten one."
                .formatted(Long.MAX_VALUE));
      }
    }
  }

  private static void checkSize(Window window) {
    // Sessions without a gap are those of records of the same time.
    if (window.type() == WindowType.SESSION) {
      if (window.size().isNegative()) {
        throw new PhysicalPlanException("Gap time cannot be negative.");
      }
    } else if (window.size().isZero() || window.size().isNegative()) {
      throw new SqlException("Size must be positive");
    }
  }

  private static void checkAdvance(Duration size, Duration advance) {
    if (advance.isZero() || advance.isNegative() || advance.compareTo(size) > 0) {
      throw new PhysicalPlanException(
          ("Window advancement interval should be more than zero and less than window duration"
                  + " which is %d ms, but given advancement interval is: %d ms")
              .formatted(size.toMillis(), advance.toMillis()));
    }
    // Both are whole milliseconds; the last window of a row may reach it only in part.
    long windows = (size.toMillis() - 1) / advance.toMillis() + 1;
    if (windows > MOST_WINDOWS_OF_A_ROW) {
      throw new SqlException(
          ("Each row would be in %d windows, and may be in %d at most:"
                  + " advance by more than %d ms, or make the windows shorter.")
              .formatted(windows, MOST_WINDOWS_OF_A_ROW, advance.toMillis()));
    }
  }

  private static void checkRetention(Window window, Duration grace, Duration retention) {
    if (retention.isNegative()) {
      throw new PhysicalPlanException("Retention must not be negative.");
    }
    if (retention.compareTo(window.size().plus(grace)) >= 0) {
      return;
    }
    String message =
        window.type() == WindowType.SESSION
            ? "The retention period of the session store %s must be no smaller than the session"
                + " inactivity gap plus the grace period. Got gap=[%d], grace=[%d], retention=[%d]"
            : "The retention period of the window store %s must be no smaller than its window size"
                + " plus the grace period. Got size=[%d], grace=[%d], retention=[%d]";
    throw new PhysicalPlanException(
        message.formatted(STORE, window.size().toMillis(), grace.toMillis(), retention.toMillis()));
  }
}
