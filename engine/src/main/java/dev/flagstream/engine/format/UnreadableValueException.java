package dev.flagstream.engine.format;

/**
 * Bytes that are not what a format and its types ask for. The message never holds the bytes
 * themselves beyond what ksqlDB's own messages do.
 */
public final class UnreadableValueException extends RuntimeException {

  /** The reason, and where in the value it was found: {@code .A.B} or empty. */
  private final String reason;

  private final String path;

  UnreadableValueException(String reason) {
    this(reason, "", null);
  }

  UnreadableValueException(String reason, Throwable cause) {
    this(reason, "", cause);
  }

  private UnreadableValueException(String reason, String path, Throwable cause) {
    super(path.isEmpty() ? reason : reason + ", path: " + path, cause);
    this.reason = reason;
    this.path = path;
  }

  /** The same trouble, seen from the value around it. */
  UnreadableValueException inside(String step) {
    return new UnreadableValueException(reason, step + path, this);
  }
}
