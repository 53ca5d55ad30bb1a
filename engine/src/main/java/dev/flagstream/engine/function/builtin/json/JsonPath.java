package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A path into JSON: {@code $}, then any of {@code .name}, {@code ['name']}, {@code [name]} and
 * {@code [index]}, where the first element has index 0.
 */
record JsonPath(List<Function<JsonNode, JsonNode>> steps) {

  private static final Pattern STEP =
      Pattern.compile(
          "\\.([^.\\[\\]\\s]+)|\\[\\s*(-?[0-9]+)\\s*\\]|\\[\\s*(?:'([^']*)'|\"([^\"]*)\")\\s*\\]"
              + "|\\[\\s*([\\p{L}\\d_-]+)\\s*\\]");

  JsonPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException if it is none
   */
  static JsonPath parse(String path) {
    if (!path.startsWith("$")) {
      throw new IllegalArgumentException("A JSON path starts with $: '" + path + "'");
    }
    List<Function<JsonNode, JsonNode>> steps = new ArrayList<>();
    Matcher matcher = STEP.matcher(path);
    int end = 1;
    while (matcher.find(end) && matcher.start() == end) {
      steps.add(step(matcher));
      end = matcher.end();
    }
    if (end < path.length()) {
      throw new IllegalArgumentException(
          "Cannot read the JSON path '" + path + "' from character " + (end + 1));
    }
    return new JsonPath(steps);
  }

  private static Function<JsonNode, JsonNode> step(Matcher matcher) {
    if (matcher.group(2) != null) {
      int index = Integer.parseInt(matcher.group(2));
      return node -> node.path(index);
    }
    String name =
        Stream.of(1, 3, 4, 5)
            .map(matcher::group)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseThrow();
    return node -> node.path(name);
  }

  /** What is at the path; a missing node if nothing is. */
  JsonNode find(JsonNode root) {
    JsonNode node = root;
    for (Function<JsonNode, JsonNode> step : steps) {
      node = step.apply(node);
    }
    return node;
  }
}
