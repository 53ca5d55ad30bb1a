package dev.flagstream.local.failure;

/** Something the user can read and act upon; shown as its message alone, without a stack trace. */
public class StackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  /** A message that says what went wrong, where, and what to do. */
  public StackException(String message) {
    this(message, null);
  }

  /** As above, with what led to it. */
  public StackException(String message, Throwable cause) {
    this(ExitCodes.FAILED, message, cause);
  }

  /**
   * As above.
   *
   * @param exitCode one of {@link ExitCodes}
   * @param cause may be null
   */
  public StackException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** The exit code of a command that ends with this. */
  public int exitCode() {
    return exitCode;
  }
}
