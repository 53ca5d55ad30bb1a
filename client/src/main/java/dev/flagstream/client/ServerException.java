package dev.flagstream.client;

/** A server does not answer, or does not do what it is asked; the message is for the user. */
public class ServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A message that says which server, and what it said. */
  public ServerException(String message) {
    super(message);
  }

  /** The same with what led to it. */
  public ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
