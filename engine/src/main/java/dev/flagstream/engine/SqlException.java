package dev.flagstream.engine;

/** A statement was refused; the message says what, where and, if possible, what to do. */
public class SqlException extends RuntimeException {

  public SqlException(String message) {
    super(message);
  }

  public SqlException(String message, Throwable cause) {
    super(message, cause);
  }
}
