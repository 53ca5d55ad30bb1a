package dev.flagstream.engine.parser;

import dev.flagstream.engine.NearMiss;
import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import dev.flagstream.engine.parser.words.ReservedWords;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.misc.IntervalSet;

/** Writes the error messages about one statement. */
final class SyntaxErrors {

  /** ksqlDB names what it expected only where that fits in a glance, and says nothing else. */
  private static final int MOST_EXPECTED_SHOWN = 3;

  private static final String RESERVED_WORD =
      "\"%1$s\" is a reserved keyword and it can't be used as an identifier."
          + " You can use it as an identifier by escaping it as '%1$s' ";

  private static final IntervalSet STATEMENT_WORDS =
      SqlGrammar._ATN.nextTokens(SqlGrammar._ATN.ruleToStartState[SqlGrammar.RULE_statement]);

  private final String statementText;

  SyntaxErrors(String statementText) {
    this.statementText = statementText;
  }

  /** None of several possible continuations fits. */
  SqlSyntaxException noContinuation(Token found, IntervalSet expected) {
    return isFirstWord(found)
        ? unknownStatement(found)
        : syntaxError(found, names(expected), nearText(found));
  }

  /** Already the first token fits none of many alternatives: ksqlDB says nothing more. */
  SqlSyntaxException noBeginning(Token found, IntervalSet expected) {
    return expected.size() <= MOST_EXPECTED_SHOWN || isFirstWord(found)
        ? noContinuation(found, expected)
        : syntaxError(found, names(expected), "");
  }

  /** A token that the grammar takes here, but not after what stands before it. */
  SqlSyntaxException misplaced(Token found) {
    return syntaxError(found, List.of(), nearText(found));
  }

  /** A word that is no unit of time, of which there are many. */
  SqlSyntaxException noUnit(Token found) {
    return syntaxError(found, List.of(), "");
  }

  /** A token does not fit where other single tokens would have. */
  SqlSyntaxException unexpected(Token found, IntervalSet expected) {
    if (isFirstWord(found)) {
      return unknownStatement(found);
    }
    if (expected.contains(SqlGrammar.SEMICOLON) && STATEMENT_WORDS.contains(found.getType())) {
      return missing(found, IntervalSet.of(SqlGrammar.SEMICOLON));
    }
    return syntaxError(found, names(expected), describeUnexpected(found, expected));
  }

  /** Without this token, the statement would go on well. */
  SqlSyntaxException unwanted(Token found, IntervalSet expected) {
    return ReservedWords.contains(found.getText())
        ? syntaxError(found, names(expected), RESERVED_WORD.formatted(found.getText()))
        : unexpected(found, expected);
  }

  SqlSyntaxException missing(Token found, IntervalSet expected) {
    return syntaxError(
        found,
        names(expected),
        "missing %s at '%s'".formatted(expected.toString(SqlLexer.VOCABULARY), text(found)));
  }

  /** A well-formed statement with something impossible in it. */
  SqlSyntaxException invalid(Position at, String offendingText, String message) {
    return new SqlSyntaxException(
        "Failed to prepare statement: " + message, at, offendingText, List.of(), statementText);
  }

  /** The same, of what ksqlDB says nothing more about than what is wrong. */
  SqlSyntaxException refused(Position at, String offendingText, String message) {
    return new SqlSyntaxException(message, at, offendingText, List.of(), statementText);
  }

  /** An impossible literal; ksqlDB counts the column of these one further to the right. */
  SqlSyntaxException invalidLiteral(Position at, String literal, String message) {
    return invalid(
        at, literal, "line %d:%d: %s: %s".formatted(at.line(), at.column() + 1, message, literal));
  }

  SqlSyntaxException tooDeep(Token at) {
    return syntaxError(at, List.of(), "The statement is nested too deeply");
  }

  SqlSyntaxException tooLong(Token at, int characters, int most) {
    return syntaxError(
        at,
        List.of(),
        "The statement has %d characters, more than the %d that one may have"
            .formatted(characters, most));
  }

  SqlSyntaxException tooMany(Token at, int statements, int most) {
    return syntaxError(
        at,
        List.of(),
        "The request has %d statements, more than the %d that one may have. Send the rest in others"
            .formatted(statements, most));
  }

  private static boolean isFirstWord(Token found) {
    return found.getTokenIndex() == 0;
  }

  private SqlSyntaxException unknownStatement(Token found) {
    // RUN SCRIPT is a statement, but one of the shell.
    if (ReservedWords.contains(found.getText()) && found.getType() != SqlLexer.RUN) {
      return syntaxError(found, statementWords(), RESERVED_WORD.formatted(found.getText()));
    }
    return syntaxError(
        found,
        statementWords(),
        "Unknown statement '%s'\nDid you mean '%s'?"
            .formatted(found.getText(), mostSimilarStatementWord(found.getText())));
  }

  private SqlSyntaxException syntaxError(Token found, List<String> expected, String detail) {
    Position at = Positions.of(found);
    return new SqlSyntaxException(
        "line " + at + ": Syntax Error\n" + detail, at, text(found), expected, statementText);
  }

  private static String describeUnexpected(Token found, IntervalSet expected) {
    if (found.getType() == Token.EOF) {
      return "Syntax error at or near \";\"\n'}', ']', or ')' is missing";
    }
    return expected.size() <= MOST_EXPECTED_SHOWN
        ? "Expecting " + expected.toString(SqlLexer.VOCABULARY)
        : "";
  }

  private static String nearText(Token found) {
    return "Syntax error at or near '%s' at line %s".formatted(text(found), Positions.of(found));
  }

  private static String text(Token found) {
    return found.getType() == Token.EOF ? "<EOF>" : found.getText();
  }

  private static List<String> names(IntervalSet tokens) {
    return tokens.toList().stream().map(SqlLexer.VOCABULARY::getDisplayName).toList();
  }

  private static List<String> statementWords() {
    return names(STATEMENT_WORDS);
  }

  /** Of words equally near, SHOW comes first, as in ksqlDB; it harms nothing. */
  private static String mostSimilarStatementWord(String written) {
    List<String> words = new ArrayList<>(List.of("SHOW"));
    statementWords().stream()
        .map(quoted -> quoted.substring(1, quoted.length() - 1))
        .sorted()
        .forEach(words::add);
    return NearMiss.mostSimilar(written, words).orElseThrow();
  }
}
