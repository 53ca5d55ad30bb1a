package dev.flagstream.engine.function.builtin;

/** Marks the package whose folders hold the functions that are always there. */
public final class BuiltInFunctions {
  private BuiltInFunctions() {}
}
