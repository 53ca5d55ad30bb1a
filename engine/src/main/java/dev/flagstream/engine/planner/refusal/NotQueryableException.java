package dev.flagstream.engine.planner.refusal;

import dev.flagstream.engine.SqlException;

/** No query keeps the rows of a table, or none any more, so that nothing can be looked up. */
public final class NotQueryableException extends SqlException {

  private static final long serialVersionUID = 1;

  /** For a table of this name. */
  public NotQueryableException(String table) {
    super(
        "The `"
            + table
            + "` table isn't queryable. To derive a queryable table, you can do 'CREATE TABLE"
            + " QUERYABLE_"
            + table
            + " AS SELECT * FROM "
            + table
            + "'. See https://cnfl.io/queries for more info.\nAdd EMIT CHANGES if you intended to"
            + " issue a push query.");
  }
}
