package dev.flagstream.local.connect;

/** Kafka Connect could not be reached or refused a request. */
public final class ConnectException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** An exception whose message says which request failed and what the worker answered. */
  public ConnectException(String message, Throwable cause) {
    super(message, cause);
  }
}
