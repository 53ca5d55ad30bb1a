package dev.flagstream.engine.function;

/** A NULL without a type stands where a call needs one to know its own. */
public final class UntypedNullException extends FunctionException {

  private static final long serialVersionUID = 1;

  public UntypedNullException(String message) {
    super(message);
  }
}
