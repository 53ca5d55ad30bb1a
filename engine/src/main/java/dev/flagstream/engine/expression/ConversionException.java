package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;

/** A value of one type stands where one of another is needed, and cannot become one. */
public final class ConversionException extends SqlException {

  private static final long serialVersionUID = 1;

  public ConversionException(String message) {
    super(message);
  }

  public ConversionException(String message, Throwable cause) {
    super(message, cause);
  }
}
