package dev.flagstream.engine.function;

import dev.flagstream.engine.SqlException;

/** A call that no function fits, or more than one. */
public class FunctionException extends SqlException {

  public FunctionException(String message) {
    super(message);
  }

  public FunctionException(String message, Throwable cause) {
    super(message, cause);
  }
}
