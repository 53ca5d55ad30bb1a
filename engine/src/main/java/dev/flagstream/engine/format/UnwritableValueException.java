package dev.flagstream.engine.format;

/** A value that cannot be written in a format. */
public final class UnwritableValueException extends RuntimeException {

  UnwritableValueException(String message) {
    super(message);
  }

  UnwritableValueException(String message, Throwable cause) {
    super(message, cause);
  }
}
