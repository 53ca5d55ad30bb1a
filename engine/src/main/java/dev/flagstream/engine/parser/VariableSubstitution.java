package dev.flagstream.engine.parser;

import dev.flagstream.engine.parser.VariablePlaces.Place;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;

/**
 * Replaces <code>${name}</code> in names, in literals and inside strings.
 *
 * <p>A variable stands for one name or one literal, never for more of the statement than that. In a
 * string, {@code $${name}} stands for the characters <code>${name}</code>, and a reference to a
 * variable that is not defined stays as it is.
 */
final class VariableSubstitution {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_@]*|`[A-Za-z0-9_@]+`|\"[A-Za-z0-9_@]+\"");
  private static final Pattern LITERAL =
      Pattern.compile(
          "(?i)TRUE|FALSE|NULL|[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)(E[+-]?[0-9]+)?|'.*'",
          Pattern.DOTALL);

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
      case SqlLexer.STRING -> token.getText().contains("${");
      default -> false;
    };
  }

  /** The text of a statement, which starts at its first token, with every reference replaced. */
  String replaceIn(List<Token> statement, String text, VariablePlaces places, SyntaxErrors errors) {
    int[] written = text.codePoints().toArray(); // tokens count these, not chars
    int start = statement.get(0).getStartIndex();
    int copied = 0;
    StringBuilder replaced = new StringBuilder();
    for (Token token : statement) {
      if (appliesTo(token)) {
        int tokenStart = token.getStartIndex() - start;
        replaced.append(new String(written, copied, tokenStart - copied));
        replaced.append(replacement(token, places, errors));
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

  private String replacement(Token token, VariablePlaces places, SyntaxErrors errors) {
    if (token.getType() == SqlLexer.STRING) {
      return replaceInString(token.getText());
    }
    String value = values.get(name(token));
    Place place = places.of(token);
    if (place.takesNames() && NAME.matcher(value).matches()) {
      return value;
    }
    if (place.takesLiterals() && LITERAL.matcher(value).matches()) {
      return value.startsWith("'") ? requoted(value) : value;
    }
    throw unfit(token, value, place, errors);
  }

  /** A value of more than one name or literal could change what the statement does. */
  private static SqlSyntaxException unfit(
      Token variable, String value, Place place, SyntaxErrors errors) {
    String rule =
        place.takesLiterals()
            ? "A variable may only stand for one name or one literal here."
            : "Identifier names cannot start with '@' and may only contain alphanumeric values and"
                + " '_'.";
    return errors.invalid(
        Positions.of(variable),
        variable.getText(),
        "Illegal argument at line %s. %s Got: '%s'".formatted(Positions.of(variable), rule, value));
  }

  /** Quotes inside the outer ones belong to the text, however they came there. */
  private static String requoted(String quoted) {
    return "'" + quoted.substring(1, quoted.length() - 1).replace("'", "''") + "'";
  }

  private String replaceInString(String text) {
    StringBuilder replaced = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("$${", at)) {
        replaced.append("${");
        at += 3;
      } else if (text.startsWith("${", at)) {
        at = replaceReference(text, at, replaced);
      } else {
        replaced.append(text.charAt(at++));
      }
    }
    return replaced.toString();
  }

  private String valueOf(String reference) {
    String value = values.get(replaceInString(reference));
    return value == null ? null : value.replace("'", "''");
  }

  /** Appends what the reference at the given index stands for; returns the index after it. */
  private int replaceReference(String text, int start, StringBuilder replaced) {
    int end = closingBrace(text, start + 2);
    String value = end < 0 ? null : valueOf(text.substring(start + 2, end));
    if (value == null) {
      replaced.append("${");
      return start + 2;
    }
    replaced.append(value);
    return end + 1;
  }

  private static int closingBrace(String text, int from) {
    int open = 1;
    for (int at = from; at < text.length(); at++) {
      if (text.startsWith("${", at)) {
        open++;
      } else if (text.charAt(at) == '}' && --open == 0) {
        return at;
      }
    }
    return -1;
  }

  private static String name(Token variable) {
    String text = variable.getText();
    return text.substring(2, text.length() - 1);
  }
}
