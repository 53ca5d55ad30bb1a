package dev.flagstream.engine.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flagstream.engine.ast.Statement;
import dev.flagstream.engine.ast.Statement.ColumnDefinition;
import dev.flagstream.engine.ast.Statement.SourceKind;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.expression.TypeResolver;
import dev.flagstream.engine.offline.OfflineEngine;
import dev.flagstream.engine.parser.SqlParser;
import dev.flagstream.engine.type.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a case says of the streams and tables there must be in the end.
 *
 * <p>What it says of internal topics is not compared: their names hold Kafka Streams' own numbering
 * of processors, and what they hold is this engine's own binary form.
 */
final class PostConditions {

  private PostConditions() {}

  /** The first difference, in words; empty if all is as expected. */
  static Optional<String> difference(JsonNode post, OfflineEngine engine) {
    for (JsonNode expected : post.path("sources")) {
      String name = expected.path("name").asText();
      Optional<Source> actual = engine.catalog().source(name);
      if (actual.isEmpty()) {
        return Optional.of("there is no source " + name);
      }
      Optional<String> found = difference(expected, actual.get(), engine);
      if (found.isPresent()) {
        return found.map(text -> "source " + name + ": " + text);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> difference(
      JsonNode expected, Source actual, OfflineEngine engine) {
    return kind(expected, actual)
        .or(() -> schema(expected, actual, engine))
        .or(() -> format("key", expected.path("keyFormat"), actual.keyFormat()))
        .or(() -> format("value", expected.path("valueFormat"), actual.valueFormat()))
        .or(() -> valueFeatures(expected.path("valueFeatures"), actual))
        .or(() -> readOnly(expected.path("isSource"), actual));
  }

  private static Optional<String> kind(JsonNode expected, Source actual) {
    String kind = expected.path("type").asText().toUpperCase(Locale.ROOT);
    return actual.kind() == SourceKind.valueOf(kind)
        ? Optional.empty()
        : Optional.of("it is a " + actual.kind() + ", expected " + kind);
  }

  private static Optional<String> schema(JsonNode expected, Source actual, OfflineEngine engine) {
    if (!expected.has("schema")) {
      return Optional.empty();
    }
    List<String> wanted = columns(expected.path("schema").asText(), engine);
    List<String> found =
        actual.schema().columns().stream()
            .map(c -> show(c.name(), c.type().toString(), isKey(c)))
            .toList();
    return wanted.equals(found)
        ? Optional.empty()
        : Optional.of("its columns are " + found + ", expected " + wanted);
  }

  private static boolean isKey(Column column) {
    return column.namespace() == Column.Namespace.KEY;
  }

  /** Reads a schema as the parser reads the columns of a CREATE. */
  private static List<String> columns(String schema, OfflineEngine engine) {
    String sql =
        "CREATE STREAM S ("
            + schema.replace("PRIMARY KEY", "KEY")
            + ") WITH (KAFKA_TOPIC='t', VALUE_FORMAT='JSON');";
    Statement.CreateSource create =
        (Statement.CreateSource) new SqlParser().parse(sql).get(0).statement();
    TypeResolver types = new TypeResolver(engine.catalog());
    List<String> keys = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (ColumnDefinition column : create.columns()) {
      String type = types.resolve(column.type()).toString();
      switch (column.role()) {
        case KEY, PRIMARY_KEY -> keys.add(show(column.name(), type, true));
        case VALUE, HEADER, HEADERS -> values.add(show(column.name(), type, false));
      }
    }
    keys.addAll(values);
    return keys;
  }

  private static String show(String name, String type, boolean key) {
    return "`" + name + "` " + type + (key ? " KEY" : "");
  }

  private static Optional<String> format(String part, JsonNode expected, Format actual) {
    String wanted = expected.isTextual() ? expected.asText() : expected.path("format").asText();
    return wanted.isEmpty() || wanted.equals(actual.kind().name())
        ? Optional.empty()
        : Optional.of("its " + part + " format is " + actual.kind() + ", expected " + wanted);
  }

  private static Optional<String> valueFeatures(JsonNode expected, Source actual) {
    for (JsonNode feature : expected) {
      boolean wrap = feature.asText().equals("WRAP_SINGLES");
      if (!actual.valueFormat().wrapSingle().equals(Optional.of(wrap))) {
        return Optional.of("it lacks the value feature " + feature.asText());
      }
    }
    return Optional.empty();
  }

  private static Optional<String> readOnly(JsonNode expected, Source actual) {
    return expected.isMissingNode() || expected.asBoolean() == actual.readOnly()
        ? Optional.empty()
        : Optional.of("isSource is " + actual.readOnly());
  }
}
