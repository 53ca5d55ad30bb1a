package dev.flagstream.engine.statement.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.Array;
import dev.flagstream.engine.type.SqlType.Decimal;
import dev.flagstream.engine.type.SqlType.Struct;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A type as DESCRIBE tells it.
 *
 * @param fields of a struct; null for other types
 * @param memberSchema of the elements of an array or the values of a map; null for other types
 * @param parameters precision and scale of a decimal; null for other types
 */
public record TypeSchema(
    String type,
    List<FieldSchema> fields,
    TypeSchema memberSchema,
    @JsonInclude(JsonInclude.Include.NON_NULL) Map<String, Object> parameters) {

  /** The description of a type. */
  public static TypeSchema of(SqlType type) {
    String name = type.base().name();
    if (type instanceof Array array) {
      return new TypeSchema(name, null, of(array.element()), null);
    }
    if (type instanceof SqlType.Map map) {
      return new TypeSchema(name, null, of(map.value()), null);
    }
    if (type instanceof Struct struct) {
      List<FieldSchema> fields =
          struct.fields().stream().map(f -> FieldSchema.value(f.name(), f.type())).toList();
      return new TypeSchema(name, fields, null, null);
    }
    if (type instanceof Decimal decimal) {
      Map<String, Object> parameters = new LinkedHashMap<>();
      parameters.put("precision", decimal.precision());
      parameters.put("scale", decimal.scale());
      return new TypeSchema(name, null, null, parameters);
    }
    return new TypeSchema(name, null, null, null);
  }
}
