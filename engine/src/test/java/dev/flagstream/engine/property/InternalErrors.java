package dev.flagstream.engine.property;

import static org.assertj.core.api.Assertions.fail;

/** Tells failures of a statement or a row from faults of the engine. */
final class InternalErrors {

  private static final String GENERATED = "dev.flagstream.engine.expression.generated.";

  private InternalErrors() {}

  /**
   * Refuses an error that a value could not be computed with, unless it is one that rows may have:
   * a sentence of a function or a cast, or arithmetic with what is not there.
   */
  static void refuse(String what, Throwable error) {
    if (isInternal(error)) {
      fail("internal error in " + what, error);
    }
  }

  private static boolean isInternal(Throwable error) {
    if (error instanceof Error) {
      return true;
    }
    StackTraceElement[] trace = error.getStackTrace();
    String thrower = trace.length == 0 ? "" : trace[0].getClassName();
    if (error instanceof NullPointerException) {
      return !saysWhatIsNull(error) && !fromGenerated(trace);
    }
    boolean saysSo = error instanceof ClassCastException && thrower.endsWith(".Values");
    return !saysSo
        && (error instanceof ClassCastException
            || error instanceof IndexOutOfBoundsException
            || error instanceof IllegalStateException
            || error instanceof NegativeArraySizeException
            || error instanceof UnsupportedOperationException
            || error.getMessage() == null);
  }

  /** Told by who checked it, not by Java. */
  private static boolean saysWhatIsNull(Throwable error) {
    String message = String.valueOf(error.getMessage());
    return message.endsWith(" is NULL") || message.contains(" is null, but its Java type is ");
  }

  /** What Java's own conversions throw for a value that is not there. */
  private static boolean fromGenerated(StackTraceElement[] trace) {
    for (StackTraceElement element : trace) {
      if (!element.getClassName().startsWith("java.")) {
        return element.getClassName().startsWith(GENERATED)
            || element.getClassName().endsWith(".Decimals");
      }
    }
    return false;
  }
}
