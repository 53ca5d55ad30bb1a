package dev.flagstream.generator.resume;

/** A run cannot go on (or begin) as asked for; the message says why and what to do. */
public final class ResumeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ResumeException(String message) {
    super(message);
  }

  ResumeException(String message, Throwable cause) {
    super(message, cause);
  }
}
