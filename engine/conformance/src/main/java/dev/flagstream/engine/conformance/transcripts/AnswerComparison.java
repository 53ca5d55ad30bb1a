package dev.flagstream.engine.conformance.transcripts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.flagstream.engine.conformance.transcripts.Transcript.Answer;
import dev.flagstream.engine.conformance.transcripts.Transcript.Request;
import dev.flagstream.engine.offline.JsonDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds what differs between a recorded answer and ours. */
final class AnswerComparison {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final List<String> HEADERS =
      List.of("content-type", "transfer-encoding", "location", "connection");

  private static final Pattern LIMIT =
      Pattern.compile("\\bLIMIT\\s+\\d+", Pattern.CASE_INSENSITIVE);
  private static final Pattern PRINTED_RECORD =
      Pattern.compile("rowtime: [\\d/]+ [\\d:.]+ Z, key: .*, value: .*, partition: \\d+");

  private final Predicate<String> functionFromJar;
  private final List<String> differences = new ArrayList<>();

  /**
   * A comparison.
   *
   * @param functionFromJar which functions come from jars: a server has them or not
   */
  AnswerComparison(Predicate<String> functionFromJar) {
    this.functionFromJar = functionFromJar;
  }

  /** What differs, in words; empty if the answers are the same but for ids, times and the like. */
  List<String> compare(Request request, Answer expected, Answer actual) {
    if (expected.status() != actual.status()) {
      differences.add("status is " + actual.status() + ", expected " + expected.status());
    }
    for (String name : HEADERS) {
      compareHeader(name, expected.header(name), actual.header(name));
    }
    if (expected.header("content-length").isPresent()
        != actual.header("content-length").isPresent()) {
      differences.add(
          actual.header("content-length").isPresent()
              ? "the answer has a content-length, expected none"
              : "the answer has no content-length");
    }
    boolean anyRows = LIMIT.matcher(request.body()).find();
    if (!expected.chunks().equals(actual.chunks()) && expected.openForSeconds().isEmpty()) {
      differences.add("chunks: " + text(actual.chunks()) + ", expected " + text(expected.chunks()));
    }
    if (!expected.openForSeconds().equals(actual.openForSeconds())) {
      differences.add(
          expected.openForSeconds().isPresent()
              ? "the server ended the answer, expected it to stay open"
              : "the answer stays open, expected an end");
    }
    compareBodies(expected.body().strip(), actual.body().strip(), anyRows);
    return differences;
  }

  private static String text(OptionalInt number) {
    return number.isPresent() ? String.valueOf(number.getAsInt()) : "none";
  }

  private void compareHeader(String name, Optional<String> expected, Optional<String> actual) {
    if (!expected
        .map(value -> value.toLowerCase(Locale.ROOT))
        .equals(actual.map(value -> value.toLowerCase(Locale.ROOT)))) {
      differences.add(
          "header %s is %s, expected %s"
              .formatted(name, actual.orElse("absent"), expected.orElse("absent")));
    }
  }

  private void compareBodies(String expected, String actual, boolean anyRows) {
    Optional<List<JsonNode>> expectedParts = parts(expected);
    Optional<List<JsonNode>> actualParts = parts(actual);
    if (expectedParts.isEmpty() || actualParts.isEmpty()) {
      compareTexts(expected, actual, anyRows);
      return;
    }
    List<JsonNode> expectedRest = new ArrayList<>();
    List<JsonNode> expectedRows = new ArrayList<>();
    expectedParts.get().forEach(part -> (isRow(part) ? expectedRows : expectedRest).add(part));
    if (expectedRest.stream().anyMatch(AnswerComparison::isInsertError)) {
      // Rows before the one in error may have been acknowledged by then, or not yet.
      Predicate<JsonNode> isAcknowledgement = part -> part.path("status").asText().equals("ok");
      expectedRest.removeIf(isAcknowledgement);
      actualParts.get().removeIf(isAcknowledgement);
    }
    List<JsonNode> actualRest = new ArrayList<>();
    List<JsonNode> actualRows = new ArrayList<>();
    actualParts.get().forEach(part -> (isRow(part) ? actualRows : actualRest).add(part));
    compareRows(expectedRows, actualRows, anyRows);
    compareJson("$", array(expectedRest), array(actualRest));
  }

  private static boolean isInsertError(JsonNode part) {
    return part.path("@type").asText().equals("InsertError");
  }

  /** A row of a query's result: an array, or an object that says so. */
  private static boolean isRow(JsonNode part) {
    return part.isArray() || part.has("row");
  }

  /**
   * Rows of several partitions come in any order; with a limit, any rows may be those that come.
   */
  private void compareRows(List<JsonNode> expected, List<JsonNode> actual, boolean anyRows) {
    if (expected.size() != actual.size()) {
      differences.add("%d rows, expected %d: %s".formatted(actual.size(), expected.size(), actual));
      return;
    }
    if (anyRows) {
      String shape = shape(expected);
      if (!shape.equals(shape(actual)) && !fits(expected, actual)) {
        differences.add("rows %s, expected rows like %s".formatted(actual, expected));
      }
      return;
    }
    Comparator<JsonNode> byText = Comparator.comparing(JsonNode::toString);
    List<JsonNode> sortedExpected = expected.stream().sorted(byText).toList();
    List<JsonNode> sortedActual = actual.stream().sorted(byText).toList();
    compareJson("rows", array(sortedExpected), array(sortedActual));
  }

  private static String shape(List<JsonNode> rows) {
    return rows.isEmpty() ? "" : String.valueOf(columns(rows.get(0)).size());
  }

  /** Whether the values of each column are of the same kinds. */
  private static boolean fits(List<JsonNode> expected, List<JsonNode> actual) {
    Map<Integer, String> kinds = new HashMap<>();
    for (JsonNode row : expected) {
      JsonNode columns = columns(row);
      for (int i = 0; i < columns.size(); i++) {
        if (!columns.get(i).isNull()) {
          kinds.putIfAbsent(i, columns.get(i).getNodeType().name());
        }
      }
    }
    for (JsonNode row : actual) {
      JsonNode columns = columns(row);
      for (int i = 0; i < columns.size(); i++) {
        String kind = columns.get(i).getNodeType().name();
        if (!columns.get(i).isNull() && !kinds.getOrDefault(i, kind).equals(kind)) {
          return false;
        }
      }
    }
    return true;
  }

  private static JsonNode columns(JsonNode row) {
    return row.isArray() ? row : row.path("row").path("columns");
  }

  private static ArrayNode array(List<JsonNode> elements) {
    return MAPPER.createArrayNode().addAll(elements);
  }

  private void compareJson(String path, JsonNode expected, JsonNode actual) {
    JsonNode theirs = Normalizer.json(expected);
    JsonNode ours = Normalizer.json(actual);
    setAsideWhatDependsOnTheInstallation(theirs, ours);
    ours = Normalizer.withoutInternals(theirs, ours);
    JsonDifference.find(path, theirs, ours).ifPresent(differences::add);
    if (!fieldOrder(theirs).equals(fieldOrder(ours)) && differences.isEmpty()) {
      differences.add("the fields are in another order than in " + expected);
    }
  }

  private static String fieldOrder(JsonNode node) {
    StringBuilder order = new StringBuilder();
    if (node instanceof ObjectNode object && !object.has("commandStatuses")) {
      object
          .properties()
          .forEach(
              member ->
                  order
                      .append(member.getKey())
                      .append('{')
                      .append(fieldOrder(member.getValue()))
                      .append('}'));
    } else if (node.isArray()) {
      node.forEach(element -> order.append('[').append(fieldOrder(element)).append(']'));
    }
    return order.toString();
  }

  /**
   * Properties of parts that this engine does not have, values of properties (they are those of
   * another installation), functions from jars, and what functions say of themselves: each in the
   * words of its author.
   */
  private void setAsideWhatDependsOnTheInstallation(JsonNode expected, JsonNode actual) {
    for (int i = 0; i < expected.size() && i < actual.size(); i++) {
      JsonNode theirs = expected.get(i);
      JsonNode ours = actual.get(i);
      if (theirs == null || ours == null) {
        continue;
      }
      switch (theirs.path("@type").asText()) {
        case "properties" -> keepCommonProperties(theirs, ours);
        case "function_names" -> dropFunctionsFromJars(theirs, ours);
        case "describe_function" -> List.of(theirs, ours).forEach(AnswerComparison::dropWords);
        default -> {
          // Nothing in it depends on the installation.
        }
      }
    }
  }

  private static void keepCommonProperties(JsonNode theirs, JsonNode ours) {
    Map<String, JsonNode> known = new HashMap<>();
    ours.path("properties")
        .forEach(property -> known.put(property.path("name").asText(), property));
    List<JsonNode> common = new ArrayList<>();
    for (JsonNode property : theirs.path("properties")) {
      String name = property.path("name").asText();
      if (known.containsKey(name)) {
        ((ObjectNode) property).put("value", "<value>");
        ((ObjectNode) known.get(name)).put("value", "<value>");
        common.add(property);
      }
    }
    List<JsonNode> ourCommon = new ArrayList<>();
    for (JsonNode property : ours.path("properties")) {
      String name = property.path("name").asText();
      if (common.stream().anyMatch(each -> each.path("name").asText().equals(name))
          // What is set is listed; each installation sets other things.
          || !(name.startsWith("ksql.streams.")
              || name.startsWith("ksql.functions.")
              || name.startsWith("ksql.logging."))) {
        ourCommon.add(property);
      }
    }
    // Which of them have their default values is a matter of the installation.
    ((ObjectNode) theirs).set("defaultProperties", array(List.of()));
    ((ObjectNode) ours).set("defaultProperties", array(List.of()));
    ((ObjectNode) theirs).set("properties", array(common));
    ((ObjectNode) ours).set("properties", array(ourCommon));
  }

  /** What the recorded server has and this one does not, it has from jars that are not at hand. */
  private void dropFunctionsFromJars(JsonNode theirs, JsonNode ours) {
    List<String> known = new ArrayList<>();
    ours.path("functions").forEach(function -> known.add(function.path("name").asText()));
    for (JsonNode listing : List.of(theirs, ours)) {
      List<JsonNode> builtIn = new ArrayList<>();
      for (JsonNode function : listing.path("functions")) {
        String name = function.path("name").asText();
        if (known.contains(name) && !functionFromJar.test(name)) {
          builtIn.add(function);
        }
      }
      ((ObjectNode) listing).set("functions", array(builtIn));
    }
  }

  private static void dropWords(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String words : List.of("description", "author", "version")) {
        if (object.path(words).isTextual()) {
          object.put(words, "<" + words + ">");
        }
      }
    }
    node.forEach(AnswerComparison::dropWords);
  }

  private void compareTexts(String expected, String actual, boolean anyRows) {
    List<String> theirs = lines(expected, anyRows);
    List<String> ours = lines(actual, anyRows);
    if (!theirs.equals(ours)) {
      differences.add("body is\n" + actual + "\nexpected\n" + expected);
    }
  }

  private static List<String> lines(String text, boolean anyRows) {
    return Normalizer.text(text)
        .lines()
        .map(line -> anyRows && PRINTED_RECORD.matcher(line).matches() ? "<record>" : line)
        .toList();
  }

  /** The parts of a body: the elements of an array that may lack its end, or one value a line. */
  static Optional<List<JsonNode>> parts(String body) {
    try {
      if (body.startsWith("[{")) {
        String complete = body.endsWith("]") ? body : body.replaceAll(",\\s*$", "") + "]";
        List<JsonNode> parts = new ArrayList<>();
        MAPPER.readTree(complete).forEach(parts::add);
        return Optional.of(parts);
      }
      List<JsonNode> parts = new ArrayList<>();
      for (String line : body.lines().toList()) {
        if (!line.isBlank()) {
          parts.add(MAPPER.readTree(line));
        }
      }
      return Optional.of(parts);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
