package dev.flagstream.generator.replay.schema;

/** A file cannot go into a stream that is there already; the message says which column, and why. */
public final class SchemaConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SchemaConflictException(String message) {
    super(message);
  }
}
