package dev.flagstream.engine.planner.refusal;

import dev.flagstream.engine.SqlException;

/** A statement was refused, and how the answer should quote it. */
public final class StatementException extends SqlException {

  private static final long serialVersionUID = 1;

  private final String statement;

  public StatementException(String message, String statement, Throwable cause) {
    super(message, cause);
    this.statement = statement;
  }

  /** The statement as far as it was understood: as written, or with its names resolved. */
  public String statement() {
    return statement;
  }

  /** The message as logs show it, with the statement below. */
  public String messageWithStatement() {
    return getMessage() + "\nStatement: " + statement;
  }
}
