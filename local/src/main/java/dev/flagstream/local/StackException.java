package dev.flagstream.local;

/** Something the user can read and act upon; shown as its message alone, without a stack trace. */
public class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** A message that says what went wrong, where, and what to do. */
  public StackException(String message) {
    super(message);
  }

  /** As above, with what led to it. */
  public StackException(String message, Throwable cause) {
    super(message, cause);
  }
}
