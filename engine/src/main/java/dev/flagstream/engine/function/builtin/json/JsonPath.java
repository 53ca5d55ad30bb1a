package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into JSON: {@code $}, then any of {@code .name}, {@code [name]}, {@code ["name"]} and
 * {@code [index]}. Whether a step is a name or an index is up to the value it is applied to: of an
 * array {@code .0} is the first element, of an object {@code [0]} is the field of that name.
 */
record JsonPath(List<String> steps) {

  private static final Pattern STEP =
      Pattern.compile(
          "\\.([\\p{L}\\p{Nd}_:@]+)"
              + "|\\[([\\p{L}\\p{Nd}_]+)\\]"
              + "|\\[\"((?:[^\"\\\\]|\\\\[\"\\\\])*+)\"\\]");

  private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");

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
    List<String> steps = new ArrayList<>();
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

  private static String step(Matcher matcher) {
    if (matcher.group(3) != null) {
      return ESCAPED.matcher(matcher.group(3)).replaceAll("$1");
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  /** What is at the path; a missing node if nothing is. */
  JsonNode find(JsonNode root) {
    JsonNode node = root;
    for (String step : steps) {
      node = node.isArray() ? element(node, step) : node.path(step);
    }
    return node;
  }

  private static JsonNode element(JsonNode array, String step) {
    try {
      return array.path(Integer.parseInt(step));
    } catch (NumberFormatException e) {
      return MissingNode.getInstance();
    }
  }
}
