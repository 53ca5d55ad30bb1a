package dev.flagstream.engine.planner.refusal;

import dev.flagstream.engine.SqlException;

/**
 * What a query gives is known, but it cannot be carried out or written so. ksqlDB finds out as it
 * builds the query, and does not speak of the output's schema any more.
 */
public final class PhysicalPlanException extends SqlException {

  private static final long serialVersionUID = 1;

  public PhysicalPlanException(String message) {
    super(message);
  }

  public PhysicalPlanException(String message, Throwable cause) {
    super(message, cause);
  }
}
