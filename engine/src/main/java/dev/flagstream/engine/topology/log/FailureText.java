package dev.flagstream.engine.topology.log;

/**
 * What the processing log says of an error: in words of SQL, where Java only names its own code.
 */
public final class FailureText {

  private static final String OF_A_NULL = "one of the values that it needs is NULL";

  private FailureText() {}

  /**
   * The message of an error; of a null where Java needs a value, that it is one.
   *
   * @return never null: an error without a message is named by its class
   */
  public static String of(Throwable error) {
    if (error instanceof NullPointerException && isJavas(error.getMessage())) {
      return OF_A_NULL;
    }
    return error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
  }

  /** Written by the JVM, of a call, an assignment or an access to a field or an array. */
  private static boolean isJavas(String message) {
    return message == null || (message.startsWith("Cannot ") && message.endsWith(" is null"));
  }
}
