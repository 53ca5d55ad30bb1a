package dev.flagstream.engine.runtime;

/**
 * A stream thread of a query died.
 *
 * @param timeMs when, in epoch milliseconds
 * @param message why
 * @param cause who can mend it
 */
public record QueryFailure(long timeMs, String message, Cause cause) {

  /** Who can mend what a thread died of, in ksqlDB's words. */
  public enum Cause {
    /** Whoever wrote the statement, or may change topics and permissions. */
    USER,
    UNKNOWN
  }
}
