package dev.flagstream.engine.planner.refusal;

import dev.flagstream.engine.SqlException;

/** A refusal that clients are answered without the statement that it is of, as by ksqlDB. */
public final class UnquotedException extends SqlException {

  private static final long serialVersionUID = 1;

  public UnquotedException(String message) {
    super(message);
  }
}
