package dev.flagstream.engine.parser;

import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** Cuts a script into the words of its statements; comments and strings hide their semicolons. */
final class StatementSplitter {

  private StatementSplitter() {}

  /**
   * The statements of a script, each with its semicolon; the last may lack it. Comments and blank
   * space between statements belong to none.
   */
  static List<List<Token>> split(String script) {
    List<List<Token>> statements = new ArrayList<>();
    List<Token> statement = new ArrayList<>();
    for (Token token : words(script, 1, 0)) {
      statement.add(token);
      if (token.getType() == SqlLexer.SEMICOLON) {
        statements.add(statement);
        statement = new ArrayList<>();
      }
    }
    if (!statement.isEmpty()) {
      statements.add(statement);
    }
    return statements;
  }

  /** The words of a text that stands at the given line and 0-based column of a script. */
  static List<Token> words(String text, int line, int column) {
    SqlLexer lexer = new SqlLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    lexer.getInterpreter().setLine(line);
    lexer.getInterpreter().setCharPositionInLine(column);
    List<Token> words = new ArrayList<>();
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      if (token.getChannel() == Token.DEFAULT_CHANNEL) {
        words.add(token);
      }
    }
    return words;
  }

  /** Whether the last word is a semicolon and nothing is left open. */
  static boolean isComplete(String text) {
    List<Token> words = words(text, 1, 0);
    return !words.isEmpty()
        && words.get(words.size() - 1).getType() == SqlLexer.SEMICOLON
        && words.stream().noneMatch(StatementSplitter::isOpenQuote)
        && !hasOpenComment(words);
  }

  /** A quote is a word of its own only where it is never closed. */
  private static boolean isOpenQuote(Token word) {
    return word.getType() == SqlLexer.UNRECOGNIZED && "'\"`".contains(word.getText());
  }

  private static boolean hasOpenComment(List<Token> words) {
    for (int i = 1; i < words.size(); i++) {
      Token before = words.get(i - 1);
      Token word = words.get(i);
      if (before.getType() == SqlLexer.SLASH
          && word.getType() == SqlLexer.ASTERISK
          && word.getStartIndex() == before.getStopIndex() + 1) {
        return true;
      }
    }
    return false;
  }
}
