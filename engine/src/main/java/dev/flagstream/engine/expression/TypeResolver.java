package dev.flagstream.engine.expression;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.ast.Expression.TypeName;
import dev.flagstream.engine.catalog.Catalog;
import dev.flagstream.engine.type.SqlType;
import java.util.Locale;

/** Turns types as written into types, looking up those of CREATE TYPE. */
public final class TypeResolver {

  private final Catalog catalog;

  public TypeResolver(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * The type a name stands for.
   *
   * @throws SqlException if a custom type does not exist
   */
  public SqlType resolve(TypeName name) {
    if (name instanceof TypeName.Known known) {
      return known.type();
    }
    if (name instanceof TypeName.ArrayOf array) {
      return new SqlType.Array(resolve(array.element()));
    }
    if (name instanceof TypeName.MapOf map) {
      return new SqlType.Map(resolve(map.key()), resolve(map.value()));
    }
    if (name instanceof TypeName.StructOf struct) {
      return new SqlType.Struct(
          struct.fields().stream()
              .map(field -> new SqlType.Field(field.name(), resolve(field.type())))
              .toList());
    }
    TypeName.Custom custom = (TypeName.Custom) name;
    return catalog
        .type(key(custom.name()))
        .orElseThrow(() -> new SqlException("Cannot resolve unknown type: " + custom.name()));
  }

  /** The name under which a custom type is known: its case does not matter, quoted or not. */
  public static String key(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
