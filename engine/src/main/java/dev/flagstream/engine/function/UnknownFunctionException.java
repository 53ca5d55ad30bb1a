package dev.flagstream.engine.function;

import dev.flagstream.engine.SqlException;

/** A call of a function that does not exist. */
public final class UnknownFunctionException extends SqlException {

  private static final long serialVersionUID = 1;

  private final String functionName;

  /** Refuses a call of this name. */
  public UnknownFunctionException(String functionName) {
    super("Can't find any functions with the name '" + functionName + "'");
    this.functionName = functionName;
  }

  /** The name that was called. */
  public String functionName() {
    return functionName;
  }
}
