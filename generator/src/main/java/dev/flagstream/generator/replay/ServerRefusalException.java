package dev.flagstream.generator.replay;

/** The SQL server does not answer or refuses a statement; the message has its own words. */
final class ServerRefusalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerRefusalException(String message) {
    super(message);
  }

  ServerRefusalException(String message, Throwable cause) {
    super(message, cause);
  }
}
