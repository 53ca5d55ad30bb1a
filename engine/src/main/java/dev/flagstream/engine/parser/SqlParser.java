package dev.flagstream.engine.parser;

import dev.flagstream.engine.ast.Position;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.parser.grammar.SqlGrammar;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CommonToken;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;

/**
 * Reads statements of ksqlDB's dialect.
 *
 * <p>Stateless; any number of threads may share one.
 */
public final class SqlParser {

  /** Deeper brackets would overflow the stack, here or in a later layer. */
  private static final int DEEPEST_BRACKETS = 256;

  /** A statement must fit into a record of the command topic. */
  static final int LONGEST_STATEMENT = 1_000_000;

  /** A request holds a thread until its last statement is carried out. */
  static final int MOST_STATEMENTS = 10_000;

  private static final Map<Integer, Integer> BRACKETS =
      Map.of(SqlLexer.LPAREN, 1, SqlLexer.LBRACKET, 1, SqlLexer.RPAREN, -1, SqlLexer.RBRACKET, -1);

  private final boolean substitutes;

  /** A parser that puts in what variables stand for. */
  public SqlParser() {
    this(true);
  }

  private SqlParser(boolean substitutes) {
    this.substitutes = substitutes;
  }

  /**
   * A parser that leaves <code>${name}</code> in strings as it is, and takes it nowhere else: where
   * substitution is switched off, or is done already.
   */
  public static SqlParser withoutSubstitution() {
    return new SqlParser(false);
  }

  /**
   * Reads a script. {@code DEFINE} and {@code UNDEFINE} in it apply to the statements after them.
   *
   * @param script any number of statements, each ended by a semicolon
   * @param variables values for <code>${name}</code>; names are compared without regard to case
   * @return the statements in order; none for a script of blanks and comments
   * @throws SqlSyntaxException for the first statement that is none, or is too long or too deep,
   *     and if there are too many
   * @throws dev.flagstream.engine.UnsupportedFeatureException for what ksqlDB would accept and this
   *     engine does not
   */
  public List<ParsedStatement> parse(String script, Map<String, String> variables) {
    VariableSubstitution substitution = new VariableSubstitution(variables);
    List<ParsedStatement> statements = new ArrayList<>();
    List<List<Token>> written = StatementSplitter.split(script);
    if (written.size() > MOST_STATEMENTS) {
      throw tooMany(script, written);
    }
    for (List<Token> words : written) {
      ParsedStatement parsed = parse(script, words, substitution);
      applyDefinition(parsed.statement(), substitution);
      statements.add(parsed);
    }
    return statements;
  }

  /** Reads a script that uses no variables but its own. */
  public List<ParsedStatement> parse(String script) {
    return parse(script, Map.of());
  }

  /**
   * Whether the text ends with a finished statement: its last word is a semicolon, and no string,
   * quoted name or comment is still open. For shells that ask for more lines until it does.
   */
  public boolean isComplete(String text) {
    return StatementSplitter.isComplete(text);
  }

  private static SqlSyntaxException tooMany(String script, List<List<Token>> written) {
    List<Token> beyond = written.get(MOST_STATEMENTS);
    return new SyntaxErrors(text(script, beyond))
        .tooMany(beyond.get(0), written.size(), MOST_STATEMENTS);
  }

  private ParsedStatement parse(
      String script, List<Token> words, VariableSubstitution substitution) {
    String text = text(script, words);
    SyntaxErrors errors = new SyntaxErrors(text);
    if (text.length() > LONGEST_STATEMENT) {
      throw errors.tooLong(words.get(0), text.length(), LONGEST_STATEMENT);
    }
    try {
      checkDepth(words, errors);
      return substitutes && substitution.appliesTo(words)
          ? parseSubstituted(text, words, substitution, errors)
          : new ParsedStatement(text, startOf(words), statement(withEnd(script, words), errors));
    } catch (StackOverflowError e) {
      throw errors.tooDeep(words.get(0));
    }
  }

  private static ParsedStatement parseSubstituted(
      String text, List<Token> words, VariableSubstitution substitution, SyntaxErrors errors) {
    // Read once as written: variables stand only where the grammar has a place for them.
    VariablePlaces places = new VariablePlaces(tree(words, errors));
    String replaced = substitution.replaceIn(words, text, places, errors);
    Token first = words.get(0);
    List<Token> replacedWords =
        StatementSplitter.words(replaced, first.getLine(), first.getCharPositionInLine());
    return new ParsedStatement(
        replaced, startOf(words), statement(replacedWords, new SyntaxErrors(replaced)));
  }

  private static String text(String script, List<Token> words) {
    // Token indexes count code points, the string's count chars.
    int start = script.offsetByCodePoints(0, words.get(0).getStartIndex());
    int end = script.offsetByCodePoints(0, words.get(words.size() - 1).getStopIndex() + 1);
    return script.substring(start, end);
  }

  /**
   * The words, and where the script ends if no semicolon ends the statement: blanks and comments
   * after the last word count, as in ksqlDB.
   */
  private static List<Token> withEnd(String script, List<Token> words) {
    if (words.get(words.size() - 1).getType() == SqlLexer.SEMICOLON) {
      return words;
    }
    int lastLine = script.lastIndexOf('\n') + 1;
    CommonToken end = new CommonToken(Token.EOF, "<EOF>");
    end.setLine(1 + (int) script.chars().filter(character -> character == '\n').count());
    end.setCharPositionInLine(script.codePointCount(lastLine, script.length()));
    List<Token> all = new ArrayList<>(words);
    all.add(end);
    return all;
  }

  private static Statement statement(List<Token> words, SyntaxErrors errors) {
    return tree(words, errors).accept(new StatementBuilder(errors));
  }

  /**
   * Tries the fast prediction first; where that fails, the full one finds the tree or the error.
   */
  private static SqlGrammar.SingleStatementContext tree(List<Token> words, SyntaxErrors errors) {
    SqlGrammar grammar = grammar(words);
    grammar.getInterpreter().setPredictionMode(PredictionMode.SLL);
    grammar.setErrorHandler(new BailErrorStrategy());
    try {
      return grammar.singleStatement();
    } catch (ParseCancellationException e) {
      grammar = grammar(words);
      grammar.getInterpreter().setPredictionMode(PredictionMode.LL);
      grammar.setErrorHandler(new ThrowingErrorStrategy(errors));
      return grammar.singleStatement();
    }
  }

  private static SqlGrammar grammar(List<Token> words) {
    SqlGrammar grammar = new SqlGrammar(new CommonTokenStream(new ListTokenSource(words)));
    grammar.removeErrorListeners();
    return grammar;
  }

  private static void checkDepth(List<Token> words, SyntaxErrors errors) {
    int depth = 0;
    for (Token word : words) {
      depth += BRACKETS.getOrDefault(word.getType(), 0);
      if (depth > DEEPEST_BRACKETS) {
        throw errors.tooDeep(word);
      }
    }
  }

  private static Position startOf(List<Token> words) {
    return Positions.of(words.get(0));
  }

  private static void applyDefinition(Statement statement, VariableSubstitution substitution) {
    if (statement instanceof Statement.Define define) {
      substitution.define(define.variable(), define.value());
    } else if (statement instanceof Statement.Undefine undefine) {
      substitution.undefine(undefine.variable());
    }
  }
}
