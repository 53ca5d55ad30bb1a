package dev.flagstream.engine.parser;

import static java.util.Objects.requireNonNull;

import dev.flagstream.engine.ast.Position;
import java.util.List;
import java.util.Optional;

/**
 * A text that is no statement of the dialect, or a statement that cannot mean anything whatever the
 * catalogue holds.
 *
 * <p>The message is ksqlDB's where its wording is known.
 */
public final class SqlSyntaxException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;
  private final String offendingText;
  private final List<String> expected;
  private final String statementText;

  SqlSyntaxException(
      String message,
      Position at,
      String offendingText,
      List<String> expected,
      String statementText) {
    super(message);
    this.line = at.line();
    this.column = at.column();
    this.offendingText = requireNonNull(offendingText, "offendingText");
    this.expected = List.copyOf(expected);
    this.statementText = requireNonNull(statementText, "statementText");
  }

  /** 1-based line of the offending text in what was parsed. */
  public int line() {
    return line;
  }

  /** 1-based column of the offending text in its line. */
  public int column() {
    return column;
  }

  /** The text that stood where something else was expected. */
  public String offendingText() {
    return offendingText;
  }

  /** The words that could have stood there, keywords in single quotes; empty if unknown. */
  public List<String> expected() {
    return expected;
  }

  /** A sentence on what can be written in place of the offending text; empty if unknown. */
  public Optional<String> advice() {
    return SyntaxAdvice.about(offendingText, expected);
  }

  /** The whole statement as written, without the script around it. */
  public String statementText() {
    return statementText;
  }

  /** The message followed by the statement it is about, as ksqlDB logs it. */
  public String messageWithStatement() {
    return getMessage() + "\nStatement: " + statementText;
  }
}
