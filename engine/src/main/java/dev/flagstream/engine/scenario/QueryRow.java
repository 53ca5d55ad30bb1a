package dev.flagstream.engine.scenario;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.engine.offline.JsonDifference;
import dev.flagstream.engine.offline.OfflineRows;
import dev.flagstream.engine.offline.RecordJson;
import dev.flagstream.engine.server.SqlValueJson;
import dev.flagstream.engine.type.Column;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A row of a query as a scenario writes it: a JSON object with all its columns. */
record QueryRow(JsonNode json) implements Row {

  QueryRow {
    if (!json.isObject()) {
      throw new IllegalArgumentException("a row is a JSON object: " + json);
    }
  }

  /** The rows of a query, their values written as the server writes them. */
  static List<QueryRow> of(OfflineRows rows) {
    return rows.rows().stream().map(values -> new QueryRow(json(rows.columns(), values))).toList();
  }

  private static ObjectNode json(List<Column> columns, Object[] values) {
    ObjectNode row = RecordJson.MAPPER.createObjectNode();
    for (int i = 0; i < values.length; i++) {
      row.set(columns.get(i).name(), json(columns.get(i), values[i]));
    }
    return row;
  }

  private static JsonNode json(Column column, Object value) {
    StringWriter written = new StringWriter();
    try (JsonGenerator json = RecordJson.MAPPER.createGenerator(written)) {
      SqlValueJson.write(json, value, column.type());
      json.flush();
      return RecordJson.MAPPER.readTree(written.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write a value of column " + column.name(), e);
    }
  }

  /** Whether a row that came out is this one. */
  boolean matches(QueryRow actual) {
    return JsonDifference.find("row", json, actual.json).isEmpty();
  }

  @Override
  public Map<String, String> cells() {
    Map<String, String> cells = new LinkedHashMap<>();
    json.properties().forEach(column -> cells.put(column.getKey(), column.getValue().toString()));
    return cells;
  }

  /** One line of JSON. */
  @Override
  public String toString() {
    try {
      return RecordJson.MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can be written", e);
    }
  }
}
