package dev.flagstream.engine.statement.entity;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import java.util.List;

/**
 * A column or a field of a struct as DESCRIBE tells it.
 *
 * @param type KEY or HEADER; null for plain columns and fields
 */
public record FieldSchema(
    String name, TypeSchema schema, @JsonInclude(JsonInclude.Include.NON_NULL) String type) {

  /** A plain column, or a field of a struct. */
  static FieldSchema value(String name, SqlType type) {
    return new FieldSchema(name, TypeSchema.of(type), null);
  }

  /** All columns of a schema, as they were declared. */
  public static List<FieldSchema> of(RowSchema schema) {
    return schema.declared().stream().map(FieldSchema::of).toList();
  }

  private static FieldSchema of(Column column) {
    String part =
        switch (column.namespace()) {
          case KEY -> "KEY";
          case HEADERS -> "HEADER";
          case VALUE -> null;
        };
    return new FieldSchema(column.name(), TypeSchema.of(column.type()), part);
  }
}
