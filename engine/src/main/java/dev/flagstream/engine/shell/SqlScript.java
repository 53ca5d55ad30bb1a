package dev.flagstream.engine.shell;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts text into statements at the semicolons outside of quotes and comments.
 *
 * <p>Looks at nothing else, so that the shell passes on whatever dialect the server speaks.
 *
 * @param statements each with its semicolon, comments included
 * @param rest what follows the last semicolon
 */
record SqlScript(List<String> statements, String rest) {

  static SqlScript of(String text) {
    return new Cutter(text).cut();
  }

  /**
   * What comes through a pipe: as at the prompt, a line may hold a command of the shell without a
   * semicolon, which it gets here.
   */
  static String withCommandsEnded(String text) {
    StringBuilder ended = new StringBuilder();
    StringBuilder pending = new StringBuilder();
    for (String line : text.lines().toList()) {
      boolean needsEnd =
          pending.isEmpty() && StatementParser.isCommand(line) && !line.strip().endsWith(";");
      pending.append(line).append(needsEnd ? ";\n" : "\n");
      if (!of(pending.toString()).isIncomplete()) {
        ended.append(pending);
        pending.setLength(0);
      }
    }
    return ended.append(pending).toString();
  }

  /** Whether something was begun that no semicolon ends yet. */
  boolean isIncomplete() {
    return !isBlank(rest);
  }

  /** Whether a text holds nothing but space and comments. */
  static boolean isBlank(String text) {
    int at = 0;
    while (at < text.length()) {
      if (Character.isWhitespace(text.charAt(at))) {
        at++;
      } else if (text.startsWith("--", at) || text.startsWith("/*", at)) {
        at = Cutter.endOfComment(text, at);
      } else {
        return false;
      }
    }
    return true;
  }

  private static final class Cutter {
    private final String text;
    private final List<String> statements = new ArrayList<>();
    private int start;
    private int at;

    Cutter(String text) {
      this.text = text;
    }

    SqlScript cut() {
      while (at < text.length()) {
        char c = text.charAt(at);
        if (c == ';') {
          at++;
          statements.add(text.substring(start, at).strip());
          start = at;
        } else if (c == '\'' || c == '"' || c == '`') {
          at = endOfQuote(c);
        } else if (text.startsWith("--", at) || text.startsWith("/*", at)) {
          at = endOfComment(text, at);
        } else {
          at++;
        }
      }
      return new SqlScript(statements, text.substring(start).strip());
    }

    /** A doubled quote inside is two quotes next to each other, which comes to the same. */
    private int endOfQuote(char quote) {
      int end = text.indexOf(quote, at + 1);
      return end < 0 ? text.length() : end + 1;
    }

    static int endOfComment(String text, int from) {
      boolean line = text.startsWith("--", from);
      int end = text.indexOf(line ? "\n" : "*/", from + 2);
      return end < 0 ? text.length() : end + (line ? 1 : 2);
    }
  }
}
