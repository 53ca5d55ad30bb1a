package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;

/**
 * What an expression asks cannot be computed: a value of one type stands where one of another is
 * needed, and cannot become one, or a function stands where there is no code for it.
 */
public final class ConversionException extends SqlException {

  private static final long serialVersionUID = 1;

  private final String words;
  private final boolean ofPlan;

  public ConversionException(String message) {
    super(message);
    this.words = message;
    this.ofPlan = false;
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
    this.ofPlan = false;
  }

  public ConversionException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private ConversionException(String message, Throwable cause, boolean ofPlan) {
    super(message, cause);
    this.words = message;
    this.ofPlan = ofPlan;
  }

  /** Refuses what is well written, but reads otherwise in the plan that is made of it. */
  static ConversionException ofPlan(SqlException cause) {
    return new ConversionException(cause.getMessage(), cause, true);
  }

  /** Whether ksqlDB finds out only as it reads its own plan. */
  public boolean isOfPlan() {
    return ofPlan;
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
