package dev.flagstream.engine.shell;

import java.util.Locale;
import java.util.Set;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.SyntaxError;
import org.jline.reader.impl.DefaultParser;

/** Lets a statement go on over several lines until its semicolon. */
final class StatementParser implements Parser {

  /** What may be typed without a semicolon. */
  private static final Set<String> COMMANDS =
      Set.of(
          "help",
          "exit",
          "quit",
          "history",
          "server",
          "session",
          "spool",
          "output",
          "clear",
          "version",
          "request-pipelining");

  private final DefaultParser words = new DefaultParser();

  StatementParser() {
    words.setEofOnUnclosedQuote(false);
    words.setEscapeChars(null);
    words.setQuoteChars(null);
    words.setRegexVariable(null);
    words.setRegexCommand(null);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) throws SyntaxError {
    if (context == ParseContext.ACCEPT_LINE
        && !isCommand(line)
        && SqlScript.of(line).isIncomplete()) {
      throw new EOFError(-1, cursor, "The statement has no semicolon yet", ";");
    }
    return words.parse(line, cursor, ParseContext.COMPLETE);
  }

  static boolean isCommand(String line) {
    String[] words = line.strip().toLowerCase(Locale.ROOT).split("\\s+", 3);
    return COMMANDS.contains(words[0].replace(";", ""))
        || (words.length > 1 && words[0].equals("set") && words[1].equals("cli"));
  }
}
