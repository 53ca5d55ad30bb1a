package dev.flagstream.generator.replay;

/** A file cannot be replayed at all; the message says which and why. */
public final class CsvFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  CsvFormatException(String message) {
    super(message);
  }

  CsvFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
