package dev.flagstream.engine.parser;

import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;

/**
 * Replaces <code>${name}</code> in names, in literals and inside strings.
 *
 * <p>A variable stands for one name or one literal, never for more of the statement than that.
 * {@code $${name}} in a string stays, as <code>${name}</code>; so does a reference inside a string
 * to a variable that is not defined.
 */
final class VariableSubstitution {

  private static final Pattern REFERENCE = Pattern.compile("(\\$?)\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  /** Names of variables are compared without regard to case. */
  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  VariableSubstitution(Map<String, String> values) {
    this.values.putAll(values);
  }

  void define(String variable, String value) {
    values.put(variable, value);
  }

  void undefine(String variable) {
    values.remove(variable);
  }

  /** Whether anything in the statement would be replaced. */
  boolean appliesTo(List<Token> statement) {
    return statement.stream().anyMatch(this::appliesTo);
  }

  private boolean appliesTo(Token token) {
    return switch (token.getType()) {
      case SqlLexer.VARIABLE -> values.containsKey(name(token));
      case SqlLexer.STRING -> REFERENCE.matcher(token.getText()).find();
      default -> false;
    };
  }

  /** The text of a statement, which starts at its first token, with every reference replaced. */
  String replaceIn(List<Token> statement, String text, SyntaxErrors errors) {
    int[] written = text.codePoints().toArray(); // tokens count these, not chars
    int start = statement.get(0).getStartIndex();
    int copied = 0;
    StringBuilder replaced = new StringBuilder();
    for (Token token : statement) {
      if (appliesTo(token)) {
        int tokenStart = token.getStartIndex() - start;
        replaced.append(new String(written, copied, tokenStart - copied));
        replaced.append(replacement(token, errors));
        copied = token.getStopIndex() + 1 - start;
      }
    }
    return replaced.append(new String(written, copied, written.length - copied)).toString();
  }

  static SqlSyntaxException undefined(SyntaxErrors errors, Token variable) {
    return errors.invalid(
        Positions.of(variable),
        variable.getText(),
        "line %s: Variable %s is not defined. Define it with: DEFINE %s = '<value>';"
            .formatted(Positions.of(variable), variable.getText(), name(variable)));
  }

  private String replacement(Token token, SyntaxErrors errors) {
    return token.getType() == SqlLexer.VARIABLE
        ? oneWord(token, errors)
        : replaceInString(token.getText());
  }

  /** A value that is more than one name or literal could change what the statement does. */
  private String oneWord(Token variable, SyntaxErrors errors) {
    String value = values.get(name(variable));
    if (!StatementSplitter.isOneNameOrLiteral(value)) {
      throw errors.invalid(
          Positions.of(variable),
          variable.getText(),
          "Illegal argument at line %s: the value of %s must be one name or one literal. Got: '%s'"
              .formatted(Positions.of(variable), variable.getText(), value));
    }
    return value;
  }

  private String replaceInString(String quoted) {
    return REFERENCE
        .matcher(quoted)
        .replaceAll(reference -> Matcher.quoteReplacement(replacement(reference)));
  }

  private String replacement(MatchResult reference) {
    boolean escaped = !reference.group(1).isEmpty();
    if (escaped) {
      return reference.group().substring(1);
    }
    String value = values.get(reference.group(2));
    return value == null ? reference.group() : value.replace("'", "''");
  }

  private static String name(Token variable) {
    String text = variable.getText();
    return text.substring(2, text.length() - 1).toUpperCase(Locale.ROOT);
  }
}
