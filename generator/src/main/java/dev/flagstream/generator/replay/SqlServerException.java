package dev.flagstream.generator.replay;

/** The SQL server does not answer or refuses a statement; the message has its own words. */
final class SqlServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  SqlServerException(String message) {
    super(message);
  }

  SqlServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
