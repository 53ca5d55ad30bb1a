package dev.flagstream.generator.replay.csv;

/**
 * A row does not hold what its columns should; the message says which column and what was expected,
 * without the row's contents.
 */
public final class UnfitRowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnfitRowException(String reason) {
    // Bad rows may be many, and nobody looks at where one was found out.
    super(reason, null, false, false);
  }
}
