package dev.flagstream.engine.ast.print;

import static java.util.stream.Collectors.joining;

import dev.flagstream.engine.ast.Expression.TypeName;
import dev.flagstream.engine.type.SqlType;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes types as they stand in statements: names of fields are quoted only where they need it,
 * unlike in {@link SqlType#toString()}, which writes schemas.
 */
final class TypePrinter {

  private TypePrinter() {}

  /** {@code ARRAY<STRUCT<A INTEGER, `b` STRING>>}. */
  public static String print(TypeName type) {
    if (type instanceof TypeName.Known known) {
      return print(known.type());
    }
    if (type instanceof TypeName.Custom custom) {
      return Names.identifier(custom.name());
    }
    if (type instanceof TypeName.ArrayOf array) {
      return "ARRAY<" + print(array.element()) + ">";
    }
    if (type instanceof TypeName.MapOf map) {
      return "MAP<" + print(map.key()) + ", " + print(map.value()) + ">";
    }
    TypeName.StructOf struct = (TypeName.StructOf) type;
    return struct(struct.fields().stream(), TypeName.NamedType::name, f -> print(f.type()));
  }

  /** {@code ARRAY<STRUCT<A INTEGER, `b` STRING>>}. */
  public static String print(SqlType type) {
    if (type instanceof SqlType.Array array) {
      return "ARRAY<" + print(array.element()) + ">";
    }
    if (type instanceof SqlType.Map map) {
      return "MAP<" + print(map.key()) + ", " + print(map.value()) + ">";
    }
    if (type instanceof SqlType.Struct struct) {
      return struct(struct.fields().stream(), SqlType.Field::name, f -> print(f.type()));
    }
    return type.toString();
  }

  private static <F> String struct(
      Stream<F> fields, Function<F, String> name, Function<F, String> type) {
    String written =
        fields
            .map(f -> Names.identifier(name.apply(f)) + " " + type.apply(f))
            .collect(joining(", "));
    // "<>" would be read as "is not equal to"
    return "STRUCT<" + (written.isEmpty() ? " " : written) + ">";
  }
}
