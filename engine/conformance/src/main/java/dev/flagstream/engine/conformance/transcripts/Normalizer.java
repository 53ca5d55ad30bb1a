package dev.flagstream.engine.conformance.transcripts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Replaces what differs from one run to the next by names, so that two answers can be compared:
 * ids, times, ports and paths, and the order of lists that have none.
 */
final class Normalizer {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Stands for what a server says of its own code. */
  static final String OWN_CODE = "<own code>";

  private record Replacement(Pattern pattern, String name) {
    static Replacement of(String pattern, String name) {
      return new Replacement(Pattern.compile(pattern), name);
    }
  }

  private static final List<Replacement> IN_TEXTS =
      List.of(
          Replacement.of(
              "(?<![A-Za-z])(C[STA]{2,3}_\\w+?|INSERTQUERY|transient_\\w+?|query)_\\d+\\b",
              "$1_<n>"),
          Replacement.of("\\b(127\\.0\\.0\\.1|localhost|0\\.0\\.0\\.0):\\d+", "<host>"),
          Replacement.of("(/[\\w.-]+)+\\.jar", "<jar>"),
          Replacement.of("\\w+_ksql_processing_log", "<processing log>"),
          Replacement.of("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z", "<time>"),
          // A sentence of the JVM about its own code.
          Replacement.of("Cannot invoke \".*\" because .* is null", OWN_CODE),
          // What this engine says instead of it.
          Replacement.of("one of the values that it needs is NULL", OWN_CODE),
          Replacement.of("\\b[a-z]\\w*(\\.[a-z]\\w*){2,}\\.[A-Z][\\w$]*", "<class>"));

  /** Fields whose values belong to one run. */
  private static final Set<String> OF_THE_RUN =
      Set.of(
          "commandSequenceNumber",
          "kafkaClusterId",
          "kafka-cluster",
          "lastStatusUpdateMs",
          "updateTimeMs",
          "time",
          "path");

  /** Fields that describe the inside of an engine: there, but each in its own words. */
  private static final Set<String> INTERNAL =
      Set.of("topology", "executionPlan", "statistics", "errorStats", "clusterStatistics");

  /** Fields whose numbers depend on the moment. */
  private static final Set<String> OFFSETS =
      Set.of(
          "endOffset",
          "committedOffset",
          "logStartOffset",
          "logEndOffset",
          "consumerOffset",
          "currentOffsetPosition",
          "endOffsetPosition",
          "offsetLag",
          "timeCurrentIdlingStarted",
          "consumerCount");

  /** Lists whose order a server does not promise. */
  private static final Set<String> UNORDERED =
      Set.of(
          "streams",
          "tables",
          "topics",
          "queries",
          "queryDescriptions",
          "sourceDescriptions",
          "readQueries",
          "writeQueries",
          "functions",
          "properties",
          "tasksMetadata",
          "topicSummaries",
          "activePartitions",
          "sourceConstraints");

  private Normalizer() {}

  static String text(String text) {
    String result = text;
    for (Replacement replacement : IN_TEXTS) {
      result = replacement.pattern().matcher(result).replaceAll(replacement.name());
    }
    return result;
  }

  static JsonNode json(JsonNode node) {
    return json("", node);
  }

  /** Our answer; where theirs quotes the server's own code, ours may say it in any words. */
  static JsonNode withoutInternals(JsonNode expected, JsonNode actual) {
    if (expected.asText().equals(OWN_CODE) && !actual.asText().isEmpty()) {
      return expected;
    }
    if (expected instanceof ObjectNode object && actual instanceof ObjectNode ours) {
      ours.properties()
          .forEach(
              member ->
                  member.setValue(
                      withoutInternals(object.path(member.getKey()), member.getValue())));
    } else if (expected instanceof ArrayNode array && actual instanceof ArrayNode ours) {
      for (int i = 0; i < Math.min(array.size(), ours.size()); i++) {
        ours.set(i, withoutInternals(array.get(i), ours.get(i)));
      }
    }
    return actual;
  }

  private static JsonNode json(String field, JsonNode node) {
    if (OF_THE_RUN.contains(field) && node.isValueNode()) {
      return JSON.textNode("<" + field + ">");
    }
    if (OFFSETS.contains(field) && (node.isNumber() || node.isNull())) {
      return JSON.textNode("<" + field + ">");
    }
    if (INTERNAL.contains(field)) {
      return JSON.textNode(node.isEmpty() && node.asText("").isEmpty() ? "" : "<" + field + ">");
    }
    if (node instanceof TextNode text) {
      return JSON.textNode(text(text.textValue()));
    }
    if (node instanceof ArrayNode array) {
      return array(field, array);
    }
    if (node instanceof ObjectNode object) {
      ObjectNode result = JSON.objectNode();
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        result.set(text(member.getKey()), json(member.getKey(), member.getValue()));
      }
      return result;
    }
    return node;
  }

  private static JsonNode array(String field, ArrayNode array) {
    List<JsonNode> elements = new ArrayList<>();
    array.forEach(element -> elements.add(json("", element)));
    if (field.equals("queries")) {
      // A server lists push queries until it has noticed that nobody reads them any more.
      elements.removeIf(query -> query.path("queryType").asText().equals("PUSH"));
    }
    if (UNORDERED.contains(field)) {
      elements.sort(Comparator.comparing(JsonNode::toString));
    }
    return JSON.arrayNode().addAll(elements);
  }
}
