package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;

/**
 * What an expression asks cannot be computed: a value of one type stands where one of another is
 * needed, and cannot become one, or a function stands where there is no code for it.
 */
public final class ConversionException extends SqlException {

  private static final long serialVersionUID = 1;

  private final String words;

  public ConversionException(String message) {
    super(message);
    this.words = message;
  }

  /**
   * Refuses, and says more than ksqlDB does.
   *
   * @param words ksqlDB's
   * @param advice the line that ends the message
   */
  public ConversionException(String words, String advice) {
    super(words + "\n" + advice);
    this.words = words;
  }

  public ConversionException(String message, Throwable cause) {
    super(message, cause);
    this.words = message;
  }

  /** The message without advice. */
  public String words() {
    return words;
  }

  /** What stands after {@link #words()} in the message. */
  public String advice() {
    return getMessage().substring(words.length());
  }
}
