package dev.flagstream.engine.runtime;

/** A query that was accepted could not be run. */
public final class QueryFailedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  QueryFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  QueryFailedException(String message) {
    super(message);
  }
}
