package dev.flagstream.engine.function.signature;

import dev.flagstream.engine.function.FunctionException;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the {@code schema} members of function annotations, such as {@code STRUCT<A VARCHAR, B
 * ARRAY<DECIMAL(10, 2)>>}. Unquoted field names are upper-cased as everywhere in SQL.
 */
public final class SchemaText {

  private static final Pattern TOKEN =
      Pattern.compile("\\s*(?:([A-Za-z_][A-Za-z0-9_]*)|`((?:[^`]|``)*)`|([0-9]+)|([<>(),]))\\s*");

  private final String text;
  private final List<String> tokens = new ArrayList<>();
  private int next;

  private SchemaText(String text) {
    this.text = text;
    Matcher matcher = TOKEN.matcher(text);
    int end = 0;
    while (end < text.length() && matcher.find(end) && matcher.start() == end) {
      tokens.add(token(matcher));
      end = matcher.end();
    }
    if (end < text.length()) {
      throw malformed("unexpected character at " + (end + 1));
    }
  }

  private static String token(Matcher matcher) {
    if (matcher.group(1) != null) {
      return matcher.group(1).toUpperCase(Locale.ROOT);
    }
    if (matcher.group(2) != null) {
      return matcher.group(2).replace("``", "`");
    }
    return matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
  }

  /**
   * The pattern a text stands for.
   *
   * @throws FunctionException if it is no type
   */
  public static TypePattern parse(String text) {
    SchemaText reader = new SchemaText(text);
    TypePattern pattern = reader.type();
    if (reader.next != reader.tokens.size()) {
      throw reader.malformed("unexpected '" + reader.tokens.get(reader.next) + "'");
    }
    return pattern;
  }

  private TypePattern type() {
    String word = take();
    return switch (word) {
      case "ARRAY" -> array();
      case "MAP" -> map();
      case "STRUCT" -> struct();
      case "DECIMAL", "DEC" -> decimal();
      case "INT", "INTEGER" -> new TypePattern.Exact(SqlType.INTEGER);
      case "VARCHAR", "STRING" -> new TypePattern.Exact(SqlType.STRING);
      case "BOOLEAN", "BIGINT", "DOUBLE", "BYTES", "TIME", "DATE", "TIMESTAMP" ->
          new TypePattern.Exact(new SqlType.Primitive(SqlType.BaseType.valueOf(word)));
      default -> {
        if (word.matches("[A-Z][A-Z0-9]?")) {
          yield new TypePattern.Variable(word);
        }
        throw malformed("unknown type '" + word + "'");
      }
    };
  }

  private TypePattern array() {
    expect("<");
    TypePattern element = type();
    expect(">");
    return TypePattern.arrayOf(element);
  }

  private TypePattern map() {
    expect("<");
    TypePattern key = type();
    expect(",");
    TypePattern value = type();
    expect(">");
    return TypePattern.mapOf(key, value);
  }

  private TypePattern struct() {
    expect("<");
    List<SqlType.Field> fields = new ArrayList<>();
    do {
      String name = take();
      if (!(type() instanceof TypePattern.Exact exact)) {
        throw malformed("the type of field '" + name + "' is left open");
      }
      fields.add(new SqlType.Field(name, exact.type()));
    } while (skip(","));
    expect(">");
    return new TypePattern.Exact(new SqlType.Struct(fields));
  }

  private TypePattern decimal() {
    if (!skip("(")) {
      return new TypePattern.AnyDecimal();
    }
    int precision = number();
    int scale = skip(",") ? number() : 0;
    expect(")");
    return new TypePattern.Exact(new SqlType.Decimal(precision, scale));
  }

  private int number() {
    String digits = take();
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException e) {
      throw malformed("expected a number, found '" + digits + "'");
    }
  }

  private boolean skip(String token) {
    boolean found = next < tokens.size() && tokens.get(next).equals(token);
    next += found ? 1 : 0;
    return found;
  }

  private void expect(String token) {
    if (!skip(token)) {
      throw malformed("expected '" + token + "'");
    }
  }

  private String take() {
    if (next == tokens.size()) {
      throw malformed("it ends too early");
    }
    return tokens.get(next++);
  }

  private FunctionException malformed(String problem) {
    return new FunctionException("Cannot read the type '" + text + "': " + problem);
  }
}
