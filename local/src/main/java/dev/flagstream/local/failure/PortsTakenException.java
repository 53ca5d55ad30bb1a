package dev.flagstream.local.failure;

/** Something else listens on a port that the stack needs. */
public final class PortsTakenException extends StackException {

  private static final long serialVersionUID = 1L;

  /** A message that names each such port and the option that moves it. */
  public PortsTakenException(String message) {
    super(ExitCodes.USAGE, message, null);
  }
}
