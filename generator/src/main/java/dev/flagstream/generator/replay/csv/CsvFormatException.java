package dev.flagstream.generator.replay.csv;

/** A file cannot be replayed at all; the message says which and why. */
public final class CsvFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public CsvFormatException(String message) {
    super(message);
  }

  public CsvFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
