package dev.flagstream.fuzz;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.UnsupportedFeatureException;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.print.StatementPrinter;
import dev.flagstream.engine.parser.ParsedStatement;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.parser.SqlSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Parses statements: a statement that is printed and read again is the same. */
final class SqlText implements FuzzTarget {

  private static final Map<String, String> VARIABLES = Map.of("v", "1", "name", "S");

  private static final String TOO_DEEP = "The statement is nested too deeply";

  private final SqlParser parser = new SqlParser();
  private final SqlParser exact = SqlParser.withoutSubstitution();

  @Override
  public void tryOut(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    boolean complete = parser.isComplete(text);
    List<ParsedStatement> statements;
    try {
      statements = parser.parse(text, VARIABLES);
    } catch (SqlSyntaxException | SqlException | UnsupportedFeatureException e) {
      requireSentence(e);
      return;
    }
    if (complete && statements.isEmpty()) {
      throw new AssertionError("complete, but no statement");
    }
    statements.forEach(statement -> readAgain(statement.statement()));
  }

  private void readAgain(Statement written) {
    String printed = StatementPrinter.print(written);
    List<ParsedStatement> again;
    try {
      again = exact.parse(printed, Map.of());
    } catch (SqlSyntaxException e) {
      if (e.getMessage().endsWith(TOO_DEEP)) {
        // What is printed has brackets that were not written.
        return;
      }
      throw new AssertionError("printed, but not readable: " + printed, e);
    } catch (SqlException | UnsupportedFeatureException e) {
      throw new AssertionError("printed, but not readable: " + printed, e);
    }
    if (again.size() != 1 || !again.get(0).statement().equals(written)) {
      throw new AssertionError("not the same once printed: " + printed);
    }
  }

  static void requireSentence(RuntimeException refusal) {
    if (refusal.getMessage() == null || refusal.getMessage().isBlank()) {
      throw new AssertionError("refused without a word", refusal);
    }
  }
}
