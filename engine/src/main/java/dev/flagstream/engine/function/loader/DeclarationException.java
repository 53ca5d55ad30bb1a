package dev.flagstream.engine.function.loader;

/** A method that is annotated as a function but cannot be one; the method alone is skipped. */
final class DeclarationException extends Exception {

  DeclarationException(String message) {
    super(message);
  }
}
