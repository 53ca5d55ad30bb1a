package dev.flagstream.engine.function;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in which regular expressions are searched for. Some expressions look at the same
 * characters again and again, almost without end: so each look is paid for from the budget of the
 * row.
 */
public final class RegexText implements CharSequence {

  /** Java needs seconds for longer ones: the time grows with the square of the length. */
  private static final int LONGEST_PATTERN = 1 << 15;

  private static final int SQUARES_OF_A_UNIT = 32;

  private final String function;
  private final String text;
  private final RowBudget budget;

  private RegexText(String function, String text, RowBudget budget) {
    this.function = function;
    this.text = text;
    this.budget = budget;
  }

  /**
   * Compiles a regular expression that comes from a row, whose budget pays.
   *
   * @throws IllegalArgumentException if it is none, or too long
   */
  public static Pattern compile(String function, String regex) {
    long length = requireShort(function, regex).length();
    RowBudget.current().spend(function, length * length / SQUARES_OF_A_UNIT);
    return Pattern.compile(regex);
  }

  /**
   * Checks the length of a regular expression, or of a pattern.
   *
   * @return the expression
   * @throws IllegalArgumentException if it is too long
   */
  public static String requireShort(String function, String regex) {
    if (regex.length() > LONGEST_PATTERN) {
      throw new IllegalArgumentException(
          "%s takes a pattern of %d characters at most, not one of %d"
              .formatted(function, LONGEST_PATTERN, regex.length()));
    }
    return regex;
  }

  /**
   * A matcher that throws {@link IllegalArgumentException} where it takes too long; only for this
   * thread and this row.
   */
  public static Matcher matcher(String function, Pattern pattern, String text) {
    return pattern.matcher(of(function, text));
  }

  /** The text, to be searched in this thread and for the current row only. */
  public static CharSequence of(String function, String text) {
    return new RegexText(function, text, RowBudget.current());
  }

  /** What a search gives; one that nests too deeply for Java is a failure of the function. */
  public static <T> T search(String function, Search<T> search) {
    try {
      return search.run();
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException(
          function + " cannot search so long a text for so nested a regular expression", e);
    }
  }

  /** Looks for something. */
  @FunctionalInterface
  public interface Search<T> {
    /** What was found; may be null. */
    T run();
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public char charAt(int index) {
    budget.spend(function, RowBudget.UNITS_OF_A_LOOK);
    return text.charAt(index);
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
