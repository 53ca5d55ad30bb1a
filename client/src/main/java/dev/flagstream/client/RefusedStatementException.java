package dev.flagstream.client;

import java.util.Arrays;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A statement that the SQL server did not carry out; the message is the server's reason. */
public final class RefusedStatementException extends ServerException {

  private static final long serialVersionUID = 1L;
  private static final int SHOWN_LENGTH = 120;

  private final String statement;

  /**
   * A refusal.
   *
   * @param reason the server's own words
   * @param statement the statement as the server repeats it; may be empty
   */
  public RefusedStatementException(String reason, String statement) {
    super(reason);
    this.statement = statement.strip().replaceAll("\\s+", " ");
  }

  /** The beginning of the statement on one line; empty if the server did not repeat it. */
  public String statement() {
    return statement.length() <= SHOWN_LENGTH
        ? statement
        : statement.substring(0, SHOWN_LENGTH) + " …";
  }

  /**
   * Where the statement begins in the script that was sent.
   *
   * @return its line, from 1; empty if the server did not repeat the statement, or repeats it in
   *     other words than the script's
   */
  public OptionalInt lineIn(String script) {
    if (statement.isEmpty()) {
      return OptionalInt.empty();
    }
    String anySpaces =
        Arrays.stream(statement.split(" ", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("\\s+"));
    Matcher found = Pattern.compile(anySpaces).matcher(script);
    return found.find()
        ? OptionalInt.of(
            1 + (int) script.substring(0, found.start()).chars().filter(c -> c == '\n').count())
        : OptionalInt.empty();
  }
}
