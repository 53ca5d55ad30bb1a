package dev.flagstream.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The columns that the records of a topic have, by a schema as Connect's JSON has them: each field
 * is a column, those of nested structs too, and a list is the text of its JSON. Names of fields are
 * found in whatever case they come. Immutable.
 */
final class LakeSchema {

  /** What a record has that the schema does not name: an object as the text of its JSON. */
  static final String OTHERS = "other_fields";

  /** Where a row comes from; what identifies it. */
  static final List<String> ORIGIN =
      List.of("kafka_topic", "kafka_partition", "kafka_offset", "kafka_time");

  private static final String DECIMAL = "org.apache.kafka.connect.data.Decimal";
  private static final String TIMESTAMP = "org.apache.kafka.connect.data.Timestamp";

  private final List<LakeColumn> columns;
  private final Fields fields;

  private LakeSchema(List<LakeColumn> columns, Fields fields) {
    this.columns = List.copyOf(columns);
    this.fields = fields;
  }

  /**
   * The fields of a struct by their names in lower case.
   *
   * @param columns where a value is in a row
   * @param structs the nested ones
   */
  record Fields(Map<String, Integer> columns, Map<String, Fields> structs) {}

  /**
   * Reads a schema.
   *
   * @param json a struct as Connect's JsonConverter has it
   * @throws IllegalArgumentException naming what is no schema of rows
   */
  static LakeSchema of(String json) {
    JsonNode schema;
    try {
      schema = new ObjectMapper().readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is no JSON: " + e.getOriginalMessage(), e);
    }
    List<LakeColumn> columns = new ArrayList<>();
    Fields fields = fields(schema, "", true, columns);
    Set<String> names = new HashSet<>(ORIGIN);
    names.add(OTHERS);
    names.add(RowBuffer.DAY);
    for (LakeColumn column : columns) {
      if (!names.add(column.name())) {
        throw new IllegalArgumentException(
            "two columns would be called '%s'".formatted(column.name()));
      }
    }
    return new LakeSchema(columns, fields);
  }

  private static Fields fields(
      JsonNode struct, String prefix, boolean required, List<LakeColumn> columns) {
    if (!struct.path("type").asText().equals("struct") || !struct.path("fields").isArray()) {
      throw new IllegalArgumentException(
          (prefix.isEmpty() ? "it" : "'" + prefix + "'") + " is no struct with fields");
    }
    Fields fields = new Fields(new HashMap<>(), new HashMap<>());
    for (JsonNode field : struct.get("fields")) {
      String name = field.path("field").asText().toLowerCase(Locale.ROOT);
      if (name.isEmpty()) {
        throw new IllegalArgumentException("a field has no name: " + field);
      }
      boolean needed = required && !field.path("optional").asBoolean(false);
      if (field.path("type").asText().equals("struct")) {
        fields.structs().put(name, fields(field, prefix + name + "_", needed, columns));
      } else {
        fields.columns().put(name, columns.size());
        columns.add(column(field, prefix + name, needed));
      }
    }
    return fields;
  }

  private static LakeColumn column(JsonNode field, String name, boolean needed) {
    String type = field.path("type").asText();
    String meaning = field.path("name").asText("");
    if (type.equals("bytes") && meaning.equals(DECIMAL)) {
      int scale = field.path("parameters").path("scale").asInt(-1);
      if (scale < 0 || scale > LakeColumn.DIGITS) {
        throw new IllegalArgumentException(
            "the scale of '%s' is not between 0 and %d".formatted(name, LakeColumn.DIGITS));
      }
      return new LakeColumn(name, LakeColumn.Kind.DECIMAL, scale, needed);
    }
    if (type.equals("int64") && meaning.equals(TIMESTAMP)) {
      return new LakeColumn(name, LakeColumn.Kind.TIME, 0, needed);
    }
    if (!meaning.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' is of a type that is not stored: %s".formatted(name, meaning));
    }
    LakeColumn.Kind kind =
        switch (type) {
          case "string" -> LakeColumn.Kind.TEXT;
          case "int8", "int16", "int32" -> LakeColumn.Kind.INTEGER;
          case "int64" -> LakeColumn.Kind.LONG;
          case "float", "double" -> LakeColumn.Kind.DOUBLE;
          case "boolean" -> LakeColumn.Kind.BOOLEAN;
          case "array", "map" -> LakeColumn.Kind.JSON;
          default ->
              throw new IllegalArgumentException(
                  "'%s' is of a type that is not stored: %s".formatted(name, type));
        };
    return new LakeColumn(name, kind, 0, needed);
  }

  /** In their order in a row. */
  List<LakeColumn> columns() {
    return columns;
  }

  /** The fields of a record. */
  Fields fields() {
    return fields;
  }

  /** Where a column is in a row; -1 if there is none of that name. */
  int indexOf(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
