package dev.flagstream.engine.statement.entity;

/**
 * Where a command stands.
 *
 * @param queryId the query it started; null if it started none
 */
public record CommandStatus(Status status, String message, String queryId) {

  /** The stages of a command; the last three are final. */
  public enum Status {
    QUEUED,
    PARSING,
    EXECUTING,
    RUNNING,
    TERMINATED,
    SUCCESS,
    ERROR
  }

  public static CommandStatus success(String message) {
    return new CommandStatus(Status.SUCCESS, message, null);
  }

  public static CommandStatus error(String message) {
    return new CommandStatus(Status.ERROR, message, null);
  }

  public static CommandStatus queued() {
    return new CommandStatus(Status.QUEUED, "Statement written to command topic", null);
  }
}
