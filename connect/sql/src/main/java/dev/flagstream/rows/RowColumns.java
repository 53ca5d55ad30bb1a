package dev.flagstream.rows;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;

/** The columns of the rows of one schema. For one thread. */
final class RowColumns {

  private static final String SEPARATOR = "_";

  /**
   * Where a column's value is found.
   *
   * @param field the column, in the schema of the row
   * @param path the fields from the record's value to the column's
   */
  private record Column(Field field, List<Field> path) {}

  private final Schema schema;
  private final List<Column> columns;
  private final JsonConverter json = new JsonConverter();

  private RowColumns(Schema schema, List<Column> columns) {
    this.schema = schema;
    this.columns = columns;
    json.configure(Map.of("schemas.enable", "false", "decimal.format", "NUMERIC"), false);
  }

  /**
   * The columns of a schema.
   *
   * @throws DataException naming the column that two fields would become
   */
  static RowColumns of(Schema nested) {
    SchemaBuilder flat = SchemaBuilder.struct().name(nested.name()).version(nested.version());
    List<List<Field>> paths = new ArrayList<>();
    addFields(nested, "", false, List.of(), flat, paths);
    Schema schema = flat.build();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      columns.add(new Column(schema.fields().get(i), paths.get(i)));
    }
    return new RowColumns(schema, columns);
  }

  private static void addFields(
      Schema nested,
      String prefix,
      boolean optional,
      List<Field> above,
      SchemaBuilder flat,
      List<List<Field>> paths) {
    for (Field field : nested.fields()) {
      String name = prefix + field.name();
      boolean mayBeNull = optional || field.schema().isOptional();
      List<Field> path = new ArrayList<>(above);
      path.add(field);
      if (field.schema().type() == Schema.Type.STRUCT) {
        addFields(field.schema(), name + SEPARATOR, mayBeNull, path, flat, paths);
        continue;
      }
      if (flat.field(name) != null) {
        throw new DataException("Two fields of the record would become the column " + name);
      }
      flat.field(name, column(field.schema(), mayBeNull));
      paths.add(path);
    }
  }

  private static Schema column(Schema field, boolean mayBeNull) {
    if (isJson(field)) {
      return mayBeNull ? Schema.OPTIONAL_STRING_SCHEMA : Schema.STRING_SCHEMA;
    }
    if (field.isOptional() == mayBeNull) {
      return field;
    }
    SchemaBuilder column = SchemaBuilder.type(field.type()).name(field.name()).optional();
    if (field.version() != null) {
      column.version(field.version());
    }
    return field.parameters() == null
        ? column.build()
        : column.parameters(field.parameters()).build();
  }

  private static boolean isJson(Schema field) {
    return field.type() == Schema.Type.ARRAY || field.type() == Schema.Type.MAP;
  }

  /** What the rows look like. */
  Schema schema() {
    return schema;
  }

  /** The row of a value of the schema. */
  Struct row(Struct value) {
    Struct row = new Struct(schema);
    for (Column column : columns) {
      row.put(column.field(), columnValue(value, column.path()));
    }
    return row;
  }

  private Object columnValue(Struct value, List<Field> path) {
    Struct holder = value;
    for (Field field : path.subList(0, path.size() - 1)) {
      holder = (Struct) holder.get(field);
      if (holder == null) {
        return null;
      }
    }
    Field last = path.get(path.size() - 1);
    Object found = holder.get(last);
    if (found != null && isJson(last.schema())) {
      return storable(text(last.schema(), found));
    }
    return found instanceof String text ? storable(text) : found;
  }

  private String text(Schema of, Object value) {
    return new String(json.fromConnectData("", of, value), StandardCharsets.UTF_8);
  }

  private static String storable(String text) {
    return text.indexOf('\0') < 0 ? text : text.replace('\0', '\uFFFD');
  }
}
