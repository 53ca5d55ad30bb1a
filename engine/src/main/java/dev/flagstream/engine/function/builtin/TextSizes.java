package dev.flagstream.engine.function.builtin;

/**
 * How long the results of functions may be that can make much of little: a row must not be able to
 * fill the memory. Sixteen million characters are far more than a record can carry.
 */
public final class TextSizes {

  private static final long MAX_LENGTH = 1 << 24;

  private TextSizes() {}

  /**
   * Refuses a result of that length, before it is made.
   *
   * @throws IllegalArgumentException if it is more than 16,777,216 characters or bytes
   */
  public static void require(String function, long length) {
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "%s makes %d characters at most, not %d".formatted(function, MAX_LENGTH, length));
    }
  }
}
