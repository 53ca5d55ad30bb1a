package dev.flagstream.engine.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.engine.offline.JsonDifference;
import dev.flagstream.engine.offline.OfflineRecord;
import dev.flagstream.engine.offline.RecordJson;
import dev.flagstream.engine.offline.RecordJson.Window;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A record as a scenario writes it: {@code {"time": …, "key": …, "window": {"start": …, "end": …},
 * "value": …, "headers": {…}}}. Times are epoch milliseconds or ISO texts. {@code "text"} in the
 * place of {@code "value"} is written as it is: for records that are not what their format says.
 */
record ScenarioRecord(JsonNode json) implements Row {

  private static final Set<String> FIELDS =
      Set.of("time", "key", "window", "value", "text", "headers");

  ScenarioRecord {
    if (!json.isObject()) {
      throw new IllegalArgumentException("a record is a JSON object: " + json);
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw new IllegalArgumentException(
                    "a record has no '" + name + "'; it can have " + FIELDS);
              }
            });
  }

  /** The record that Kafka would hold. */
  OfflineRecord toOffline(Optional<RecordJson> format) {
    RecordJson.Key key = new RecordJson.Key(orNull("key"), window());
    return new OfflineRecord(
        format.map(f -> f.keyBytes(key)).orElseGet(() -> textBytes(key.columns())),
        json.has("text")
            ? json.get("text").textValue().getBytes(StandardCharsets.UTF_8)
            : format
                .map(f -> f.valueBytes(orNull("value")))
                .orElseGet(() -> textBytes(orNull("value"))),
        json.has("time") ? timeMs(json.get("time")) : 0,
        headers());
  }

  private JsonNode orNull(String field) {
    return json.has(field) ? json.get(field) : NullNode.getInstance();
  }

  private static byte[] textBytes(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    return (node.isTextual() ? node.textValue() : node.toString()).getBytes(StandardCharsets.UTF_8);
  }

  private Optional<Window> window() {
    JsonNode window = json.path("window");
    return window.isObject()
        ? Optional.of(new Window(timeMs(window.path("start")), timeMs(window.path("end"))))
        : Optional.empty();
  }

  private List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    json.path("headers")
        .properties()
        .forEach(
            header -> headers.add(new RecordHeader(header.getKey(), textBytes(header.getValue()))));
    return headers;
  }

  private static long timeMs(JsonNode time) {
    return time.isNumber() ? time.asLong() : Instant.parse(time.asText()).toEpochMilli();
  }

  /** A record in Kafka, with everything that a scenario can say about it. */
  static ScenarioRecord of(OfflineRecord held, Optional<RecordJson> format) {
    ObjectNode json = RecordJson.MAPPER.createObjectNode();
    json.put("time", Instant.ofEpochMilli(held.timestampMs()).toString());
    Optional<RecordJson.Key> key = format.map(f -> f.key(held.key()));
    json.set("key", key.map(RecordJson.Key::columns).orElseGet(() -> text(held.key())));
    key.flatMap(RecordJson.Key::window)
        .ifPresent(
            window ->
                json.putObject("window")
                    .put("start", Instant.ofEpochMilli(window.startMs()).toString())
                    .put("end", Instant.ofEpochMilli(window.endMs()).toString()));
    json.set("value", format.map(f -> f.value(held.value())).orElseGet(() -> text(held.value())));
    if (!held.headers().isEmpty()) {
      ObjectNode headers = json.putObject("headers");
      held.headers().forEach(header -> headers.set(header.key(), headerText(header.value())));
    }
    return new ScenarioRecord(json);
  }

  private static JsonNode text(byte[] bytes) {
    return bytes == null
        ? NullNode.getInstance()
        : RecordJson.MAPPER.getNodeFactory().textNode(new String(bytes, StandardCharsets.UTF_8));
  }

  private static JsonNode headerText(byte[] bytes) {
    return bytes == null
        ? NullNode.getInstance()
        : RecordJson.MAPPER.getNodeFactory().textNode(Base64.getEncoder().encodeToString(bytes));
  }

  /** Whether a record that came out is this one, as far as this one says something. */
  boolean matches(ScenarioRecord actual) {
    return json.properties().stream()
        .allMatch(field -> sameField(field.getKey(), field.getValue(), actual.json));
  }

  private static boolean sameField(String name, JsonNode expected, JsonNode actual) {
    if (!actual.has(name)) {
      return expected.isNull() || expected.isEmpty();
    }
    return switch (name) {
      case "time" -> timeMs(expected) == timeMs(actual.get(name));
      case "window" ->
          timeMs(expected.path("start")) == timeMs(actual.get(name).path("start"))
              && timeMs(expected.path("end")) == timeMs(actual.get(name).path("end"));
      default -> JsonDifference.find(name, expected, actual.get(name)).isEmpty();
    };
  }

  /** Its parts; those of a key or value that is an object each by their own name. */
  @Override
  public Map<String, String> cells() {
    Map<String, String> cells = new LinkedHashMap<>();
    if (json.has("time")) {
      cells.put("time", Instant.ofEpochMilli(timeMs(json.get("time"))).toString());
    }
    addCells("key", "key.", cells);
    window()
        .ifPresent(
            window ->
                cells.put(
                    "window",
                    Instant.ofEpochMilli(window.startMs())
                        + "/"
                        + Instant.ofEpochMilli(window.endMs())));
    addCells("value", "", cells);
    addCells("text", "", cells);
    addCells("headers", "headers.", cells);
    return cells;
  }

  private void addCells(String part, String prefix, Map<String, String> cells) {
    JsonNode node = json.path(part);
    if (node.isObject()) {
      node.properties().forEach(f -> cells.put(prefix + f.getKey(), f.getValue().toString()));
    } else if (!node.isMissingNode()) {
      cells.put(part, node.toString());
    }
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
