package dev.flagstream.engine.parser;

import dev.flagstream.engine.parser.VariablePlaces.Place;
import dev.flagstream.engine.parser.grammar.SqlLexer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        if (replaced.length() > SqlParser.LONGEST_STATEMENT) {
          throw errors.tooLong(token, replaced.length(), SqlParser.LONGEST_STATEMENT);
        }
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
      try {
        return replaceInString(token.getText());
      } catch (TooLongException e) {
        throw errors.tooLong(token, e.length, SqlParser.LONGEST_STATEMENT);
      }
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

  /**
   * The text of a string, with what its references stand for.
   *
   * @throws TooLongException if that is more than a statement may be long
   */
  private String replaceInString(String text) {
    return new References(text).replaced(0, text.length());
  }

  /** What a reference stands for would make the statement too long. */
  static final class TooLongException extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int length;

    TooLongException(int length) {
      super(null, null, false, false);
      this.length = length;
    }
  }

  /**
   * The references of one string, each of which is looked up once, however often others hold it.
   */
  private final class References {

    /** References hold references that say what they are called; who needs that needs few. */
    private static final int MOST_IN_EACH_OTHER = 8;

    private final String text;

    /** Where each reference ends, by where it starts; those within too many others end nowhere. */
    private final Map<Integer, Integer> ends = new HashMap<>();

    private final Map<Integer, Optional<String>> values = new HashMap<>();

    References(String text) {
      this.text = text;
      Deque<Integer> open = new ArrayDeque<>();
      Deque<Integer> heights = new ArrayDeque<>();
      for (int at = 0; at < text.length(); at++) {
        if (text.startsWith("${", at)) {
          open.push(at);
          heights.push(1);
        } else if (text.charAt(at) == '}' && !open.isEmpty()) {
          int height = heights.pop();
          if (height <= MOST_IN_EACH_OTHER) {
            ends.put(open.pop(), at);
          } else {
            open.pop();
          }
          if (!heights.isEmpty()) {
            heights.push(Math.max(heights.pop(), height + 1));
          }
        }
      }
    }

    String replaced(int start, int end) {
      StringBuilder replaced = new StringBuilder();
      int at = start;
      while (at < end) {
        if (text.startsWith("$${", at) && at + 3 <= end) {
          replaced.append("${");
          at += 3;
        } else if (text.startsWith("${", at) && at + 2 <= end) {
          at = replaceReference(at, end, replaced);
        } else {
          replaced.append(text.charAt(at++));
        }
      }
      return replaced.toString();
    }

    /** Appends what a reference stands for; returns the index after it. */
    private int replaceReference(int start, int within, StringBuilder replaced) {
      int end = ends.getOrDefault(start, within);
      Optional<String> value = end >= within ? Optional.empty() : valueOf(start, end);
      if (value.isEmpty()) {
        replaced.append("${");
        return start + 2;
      }
      replaced.append(value.get());
      if (replaced.length() > SqlParser.LONGEST_STATEMENT) {
        throw new TooLongException(replaced.length());
      }
      return end + 1;
    }

    private Optional<String> valueOf(int start, int end) {
      Optional<String> known = values.get(start);
      if (known == null) {
        known = Optional.ofNullable(VariableSubstitution.this.values.get(replaced(start + 2, end)));
        known = known.map(value -> value.replace("'", "''"));
        values.put(start, known);
      }
      return known;
    }
  }

  private static String name(Token variable) {
    String text = variable.getText();
    return text.substring(2, text.length() - 1);
  }
}
