package dev.flagstream.engine.conformance.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One case of a file, for one of its formats.
 *
 * @param properties the session's properties
 * @param sinks topics that hold nothing but the outputs; only recorded cases name them
 * @param expectedMessage what the refusal must say, where the statements must be refused
 * @param post what streams, tables and topics there must be in the end; missing if nothing is said
 */
record ValidationCase(
    String file,
    String name,
    List<String> statements,
    Map<String, String> properties,
    List<CaseRecord> inputs,
    List<CaseRecord> outputs,
    List<String> sinks,
    Optional<String> expectedMessage,
    JsonNode post) {

  /** The place of the format's name in the texts of a case that is run for several formats. */
  private static final String FORMAT = "{FORMAT}";

  private static final String CONFIG = "{CONFIG}";

  /** Whether the outputs were recorded, not written by hand: then their bytes count too. */
  boolean recorded() {
    return !sinks.isEmpty();
  }

  /** The cases of a file's content, in order. */
  static List<ValidationCase> of(String file, JsonNode content) {
    List<ValidationCase> cases = new ArrayList<>();
    for (JsonNode test : content.path("tests")) {
      if (test.path("format").isEmpty()) {
        cases.add(of(file, test.path("name").asText(), test, Optional.empty()));
      }
      for (JsonNode format : test.path("format")) {
        String name = test.path("name").asText() + " - " + format.asText();
        cases.add(of(file, name, test, Optional.of(format.asText())));
      }
    }
    return cases;
  }

  private static ValidationCase of(
      String file, String name, JsonNode test, Optional<String> format) {
    List<String> statements = new ArrayList<>();
    test.path("statements").forEach(text -> statements.add(formatted(text.asText(), format)));
    Map<String, String> properties = new LinkedHashMap<>();
    test.path("properties")
        .properties()
        .forEach(
            property -> {
              String value = property.getValue().asText();
              if (!value.equals(CONFIG)) {
                properties.put(property.getKey(), value);
              }
            });
    List<String> sinks = new ArrayList<>();
    test.path("sinks").forEach(topic -> sinks.add(topic.asText()));
    JsonNode exception = test.path("expectedException");
    return new ValidationCase(
        file,
        name,
        statements,
        properties,
        records(test.path("inputs"), format),
        records(test.path("outputs"), format),
        sinks,
        exception.isMissingNode()
            ? Optional.empty()
            : Optional.of(formatted(exception.path("message").asText(), format)),
        test.path("post"));
  }

  private static List<CaseRecord> records(JsonNode nodes, Optional<String> format) {
    List<CaseRecord> records = new ArrayList<>();
    nodes.forEach(node -> records.add(CaseRecord.of(node, topic -> formatted(topic, format))));
    return records;
  }

  private static String formatted(String text, Optional<String> format) {
    return format.map(name -> text.replace(FORMAT, name)).orElse(text);
  }
}
