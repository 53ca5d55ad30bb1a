package dev.flagstream.engine.shell;

import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.parser.SqlSyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement the server, or the shell itself, refused. */
final class SqlError extends Exception {

  private static final Pattern POSITION =
      Pattern.compile("(?i)\\bline:? (\\d+)(?::|, col(?:umn)?:? )(\\d+)");

  SqlError(String message) {
    super(message);
  }

  SqlError(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * The message, and below it the line of the statement it speaks of with the place marked.
   *
   * @param statement as it was sent, to which the position refers
   */
  String explain(String statement) {
    Matcher position = POSITION.matcher(getMessage());
    if (!position.find()) {
      return getMessage();
    }
    int line = Integer.parseInt(position.group(1));
    int column = Integer.parseInt(position.group(2));
    String[] lines = statement.split("\n", -1);
    if (line < 1 || line > lines.length || column < 1 || column > lines[line - 1].length() + 1) {
      return getMessage();
    }
    String written = lines[line - 1];
    return getMessage()
        + advice(statement, line, column)
        + ("\n\n  " + written + "\n  " + marker(written, column));
  }

  /** A line that says what can be written at this place, if the statement cannot be read there. */
  private String advice(String statement, int line, int column) {
    if (!getMessage().contains("Syntax Error") || getMessage().contains("Did you mean")) {
      return "";
    }
    try {
      SqlParser.withoutSubstitution().parse(statement);
    } catch (SqlSyntaxException e) {
      if (e.line() == line && e.column() == column) {
        return e.advice().map("\n"::concat).orElse("");
      }
    } catch (UnsupportedFeatureException e) {
      return ""; // it could be read: the server means something else
    }
    return "";
  }

  private static String marker(String line, int column) {
    // Tabs stay tabs, so that the mark stands below the word however wide they are shown.
    String indent = line.substring(0, column - 1).replaceAll("[^\t]", " ");
    return indent + "^".repeat(wordLength(line, column - 1));
  }

  private static int wordLength(String line, int from) {
    int end = from;
    while (end < line.length() && Character.isJavaIdentifierPart(line.charAt(end))) {
      end++;
    }
    return Math.max(1, end - from);
  }
}
