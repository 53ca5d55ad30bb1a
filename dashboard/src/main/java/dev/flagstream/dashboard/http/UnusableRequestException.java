package dev.flagstream.dashboard.http;

/** A request that says something this server cannot use; the message tells what, and what to do. */
public final class UnusableRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Takes a sentence for the author of the request. */
  public UnusableRequestException(String message) {
    super(message);
  }
}
