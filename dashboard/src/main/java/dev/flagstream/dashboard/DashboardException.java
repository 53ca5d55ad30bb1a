package dev.flagstream.dashboard;

/** The reason why the dashboard does not start, in a sentence for the person who started it. */
public final class DashboardException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DashboardException(String message, Throwable cause) {
    super(message, cause);
  }
}
