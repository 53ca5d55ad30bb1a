package dev.flagstream.dashboard;

/** Why the dashboard does not start, in a sentence for whoever started it. */
public final class DashboardException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DashboardException(String message, Throwable cause) {
    super(message, cause);
  }
}
