package dev.flagstream.engine.function.loader;

/** A function that cannot be loaded, for which the server does not start. */
public final class FunctionLoadException extends RuntimeException {

  public FunctionLoadException(String message) {
    super(message);
  }

  public FunctionLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
