package dev.flagstream.engine.planner.refusal;

import dev.flagstream.engine.SqlException;

/** A stream or table is to be made over a topic that does not exist. */
public final class MissingTopicException extends SqlException {

  private static final long serialVersionUID = 1;

  public MissingTopicException(String message) {
    super(message);
  }
}
