package dev.flagstream.engine.statement.request;

import dev.flagstream.engine.SqlException;

/** A SELECT or PRINT came to the endpoint for other statements. */
public final class QueryEndpointException extends SqlException {
  public QueryEndpointException() {
    super(
        "The following statement types should be issued to the websocket endpoint '/query':\n"
            + "\t* PRINT\n\t* SELECT");
  }
}
