package dev.flagstream.engine.function.signature;

import dev.flagstream.engine.type.SqlType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a function's declaration says of a parameter or a result: a type that may leave parts open.
 *
 * <p>{@code toString} is how ksqlDB prints it in DESCRIBE FUNCTION and in lists of alternatives.
 */
public sealed interface TypePattern {

  /** How many type variables and open types occur in it; fewer means more specific. */
  int openParts();

  /** A list; of an exact element, the pattern is exact as well. */
  static TypePattern arrayOf(TypePattern element) {
    return element instanceof Exact exact
        ? new Exact(new SqlType.Array(exact.type()))
        : new ArrayOf(element);
  }

  /** A map; of exact keys and values, the pattern is exact as well. */
  static TypePattern mapOf(TypePattern key, TypePattern value) {
    return key instanceof Exact exactKey && value instanceof Exact exactValue
        ? new Exact(new SqlType.Map(exactKey.type(), exactValue.type()))
        : new MapOf(key, value);
  }

  /** Exactly this type. */
  record Exact(SqlType type) implements TypePattern {
    @Override
    public int openParts() {
      return 0;
    }

    @Override
    public String toString() {
      return TypeNames.of(type);
    }
  }

  /** DECIMAL of any precision and scale. */
  record AnyDecimal() implements TypePattern {
    @Override
    public int openParts() {
      return 0;
    }

    @Override
    public String toString() {
      return "DECIMAL";
    }
  }

  /** STRUCT of any fields, which only the function itself knows; never a parameter. */
  record AnyStruct() implements TypePattern {
    @Override
    public int openParts() {
      return 0;
    }

    @Override
    public String toString() {
      return "STRUCT";
    }
  }

  /** A type variable: the same type wherever it occurs. */
  record Variable(String name) implements TypePattern {
    @Override
    public int openParts() {
      return 1;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /** Any type, a different one at each occurrence. */
  record Anything() implements TypePattern {
    @Override
    public int openParts() {
      return 1;
    }

    @Override
    public String toString() {
      return "ANY";
    }
  }

  /** Any ARRAY whose elements fit. */
  record ArrayOf(TypePattern element) implements TypePattern {
    @Override
    public int openParts() {
      return element.openParts();
    }

    @Override
    public String toString() {
      return "ARRAY<" + element + ">";
    }
  }

  /** Any MAP whose keys and values fit. */
  record MapOf(TypePattern key, TypePattern value) implements TypePattern {
    @Override
    public int openParts() {
      return key.openParts() + value.openParts();
    }

    @Override
    public String toString() {
      return "MAP<" + key + ", " + value + ">";
    }
  }

  /** A lambda of one to three parameters. */
  record LambdaOf(List<TypePattern> parameters, TypePattern result) implements TypePattern {
    public LambdaOf {
      parameters = List.copyOf(parameters);
    }

    @Override
    public int openParts() {
      return parameters.stream().mapToInt(TypePattern::openParts).sum() + result.openParts();
    }

    @Override
    public String toString() {
      return parameters.stream()
          .map(TypePattern::toString)
          .collect(Collectors.joining(", ", "LAMBDA (", ") => " + result));
    }
  }

  /** A bare unit of time, as in {@code DATEADD(DAYS, 1, d)}. */
  record IntervalUnit() implements TypePattern {
    @Override
    public int openParts() {
      return 0;
    }

    @Override
    public String toString() {
      return "INTERVAL UNIT";
    }
  }

  /** The names ksqlDB's DESCRIBE uses, which differ from those of its schemas. */
  final class TypeNames {
    private TypeNames() {}

    static String of(SqlType type) {
      if (type instanceof SqlType.Array array) {
        return "ARRAY<" + of(array.element()) + ">";
      }
      if (type instanceof SqlType.Map map) {
        return "MAP<" + of(map.key()) + ", " + of(map.value()) + ">";
      }
      if (type instanceof SqlType.Struct struct) {
        return struct.fields().stream()
            .map(field -> field.name() + " " + of(field.type()))
            .collect(Collectors.joining(", ", "STRUCT<", ">"));
      }
      return switch (type.base()) {
        case INTEGER -> "INT";
        case STRING -> "VARCHAR";
        default -> type.toString().toUpperCase(Locale.ROOT);
      };
    }
  }
}
