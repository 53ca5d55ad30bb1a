package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;

/** An expression has a type but no meaning; ksqlDB finds out as it generates code for it. */
public final class CodeGenerationException extends SqlException {

  private static final long serialVersionUID = 1;

  public CodeGenerationException(String message) {
    super(message);
  }
}
