package dev.flagstream.engine.property;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Format.Kind;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.offline.RecordJson;
import dev.flagstream.engine.type.Column;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * A record as a scenario writes it: columns as JSON, or as text where the format is none.
 *
 * @param text the value's text in place of the value, for records that are not what they should be
 */
record DrawnRecord(String topic, long timeMs, JsonNode key, JsonNode value, Optional<String> text) {

  private static final JsonNodeFactory NODES = RecordJson.MAPPER.getNodeFactory();

  static DrawnRecord draw(Choices choices, DrawnSource source, long timeMs) {
    JsonNode key = part(choices, source.keyFormat(), source.key(), 20);
    int deletions = source.kind() == SourceKind.TABLE ? 5 : 20;
    JsonNode value = part(choices, source.valueFormat(), source.value(), deletions);
    return new DrawnRecord(
        source.topic(),
        timeMs,
        key,
        value,
        choices.maybe(20, () -> choices.of("", "{", "[1]", "null", "nonsense", "{\"V0\": {}}")));
  }

  private static JsonNode part(Choices choices, Kind format, List<Column> columns, int nulls) {
    if (columns.isEmpty() || choices.onceIn(nulls)) {
      return NODES.nullNode();
    }
    if (format == Kind.JSON) {
      boolean bareKey = columns.size() == 1 && columns.get(0).namespace() == Column.Namespace.KEY;
      return bareKey
          ? DrawnJson.of(choices, columns.get(0).type())
          : DrawnJson.row(choices, columns);
    }
    if (format == Kind.KAFKA) {
      return DrawnJson.of(choices, columns.get(0).type());
    }
    StringJoiner cells = new StringJoiner(",");
    columns.forEach(column -> cells.add(cell(DrawnJson.of(choices, column.type()))));
    return NODES.textNode(cells.toString());
  }

  private static String cell(JsonNode value) {
    String text = value.isNull() ? "" : value.isTextual() ? value.textValue() : value.toString();
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** So many records of some sources, the later ones later but for some that are late. */
  static List<DrawnRecord> draw(Choices choices, List<DrawnSource> sources, int count) {
    List<DrawnRecord> records = new ArrayList<>();
    long timeMs = 1_000_000;
    for (int i = 0; i < count; i++) {
      timeMs += choices.of(0L, 1L, 1_000L, 5_000L, 60_000L, 3_600_000L);
      long lateMs = choices.onceIn(6) ? choices.of(1_000L, 90_000L, 900_000L) : 0;
      records.add(draw(choices, choices.of(sources), timeMs - lateMs));
    }
    return records;
  }

  /** The same in another topic. */
  DrawnRecord in(String newTopic) {
    return new DrawnRecord(newTopic, timeMs, key, value, text);
  }

  /** The record that Kafka would hold. */
  OfflineRecord toOffline(Source source) {
    RecordJson format = new RecordJson(source);
    return new OfflineRecord(
        format.keyBytes(new RecordJson.Key(key, Optional.empty())),
        text.map(t -> t.getBytes(StandardCharsets.UTF_8)).orElseGet(() -> format.valueBytes(value)),
        timeMs,
        List.of());
  }

  /** As a line of a scenario. */
  @Override
  public String toString() {
    ObjectNode json = NODES.objectNode().put("time", timeMs);
    json.set("key", key);
    text.ifPresentOrElse(t -> json.put("text", t), () -> json.set("value", value));
    try {
      return RecordJson.MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can be written", e);
    }
  }
}
