package dev.flagstream.engine.property;

import dev.flagstream.engine.function.signature.TypePattern;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.BaseType;
import java.util.ArrayList;
import java.util.List;

/** Reads the types of a function's parameters and result as DESCRIBE FUNCTION prints them. */
final class SignatureText {

  private final String text;
  private int at;

  private SignatureText(String text) {
    this.text = text;
  }

  static TypePattern parse(String text) {
    SignatureText reader = new SignatureText(text);
    TypePattern pattern = reader.type();
    if (reader.at < text.length()) {
      throw new IllegalArgumentException("'" + text + "' goes on after " + reader.at);
    }
    return pattern;
  }

  private TypePattern type() {
    if (skip("INTERVAL UNIT")) {
      return new TypePattern.IntervalUnit();
    }
    if (skip("LAMBDA (")) {
      List<TypePattern> parameters = list(")");
      expect(" => ");
      return new TypePattern.LambdaOf(parameters, type());
    }
    if (skip("ARRAY<")) {
      return TypePattern.arrayOf(list(">").get(0));
    }
    if (skip("MAP<")) {
      List<TypePattern> parts = list(">");
      return TypePattern.mapOf(parts.get(0), parts.get(1));
    }
    return skip("STRUCT<") ? struct() : named(word());
  }

  private TypePattern named(String word) {
    return switch (word) {
      case "ANY" -> new TypePattern.Anything();
      case "STRUCT" -> new TypePattern.AnyStruct();
      case "DECIMAL" -> decimal();
      case "INT" -> new TypePattern.Exact(SqlType.INTEGER);
      case "VARCHAR" -> new TypePattern.Exact(SqlType.STRING);
      case "BOOLEAN", "BIGINT", "DOUBLE", "BYTES", "TIME", "DATE", "TIMESTAMP" ->
          new TypePattern.Exact(new SqlType.Primitive(BaseType.valueOf(word)));
      default -> new TypePattern.Variable(word);
    };
  }

  private TypePattern decimal() {
    if (!skip("(")) {
      return new TypePattern.AnyDecimal();
    }
    int precision = Integer.parseInt(word());
    expect(", ");
    int scale = Integer.parseInt(word());
    expect(")");
    return new TypePattern.Exact(new SqlType.Decimal(precision, scale));
  }

  private TypePattern struct() {
    List<SqlType.Field> fields = new ArrayList<>();
    do {
      String name = word();
      expect(" ");
      fields.add(new SqlType.Field(name, ((TypePattern.Exact) type()).type()));
    } while (skip(", "));
    expect(">");
    return new TypePattern.Exact(new SqlType.Struct(fields));
  }

  private List<TypePattern> list(String end) {
    List<TypePattern> items = new ArrayList<>();
    while (!skip(end)) {
      items.add(type());
      skip(", ");
    }
    return items;
  }

  private String word() {
    int start = at;
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw new IllegalArgumentException("'" + text + "' has no name at " + at);
    }
    return text.substring(start, at);
  }

  private boolean skip(String token) {
    boolean found = text.startsWith(token, at);
    at += found ? token.length() : 0;
    return found;
  }

  private void expect(String token) {
    if (!skip(token)) {
      throw new IllegalArgumentException("'" + text + "' has no '" + token + "' at " + at);
    }
  }
}
