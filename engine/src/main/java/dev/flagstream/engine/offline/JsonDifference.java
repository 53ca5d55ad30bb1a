package dev.flagstream.engine.offline;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Finds where two JSON values differ; numbers are equal if their values are. */
public final class JsonDifference {

  private JsonDifference() {}

  /** The first place where the values differ, in words; empty if they are equal. */
  public static Optional<String> find(String path, JsonNode expected, JsonNode actual) {
    if (expected.isNumber() && actual.isNumber()) {
      return sameNumber(expected, actual)
          ? Optional.empty()
          : Optional.of(differ(path, expected, actual));
    }
    if (expected.isObject() && actual.isObject()) {
      return inObjects(path, expected, actual);
    }
    if (expected.isArray() && actual.isArray()) {
      return inArrays(path, expected, actual);
    }
    return expected.equals(actual) ? Optional.empty() : Optional.of(differ(path, expected, actual));
  }

  private static boolean sameNumber(JsonNode expected, JsonNode actual) {
    return expected.decimalValue().compareTo(actual.decimalValue()) == 0
        || (expected.isFloatingPointNumber() && expected.doubleValue() == actual.doubleValue());
  }

  private static Optional<String> inObjects(String path, JsonNode expected, JsonNode actual) {
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      String place = path + "." + field.getKey();
      if (!actual.has(field.getKey())) {
        return Optional.of(place + " is missing, expected " + field.getValue());
      }
      Optional<String> found = find(place, field.getValue(), actual.get(field.getKey()));
      if (found.isPresent()) {
        return found;
      }
    }
    for (Iterator<String> names = actual.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!expected.has(name)) {
        return Optional.of(path + "." + name + " is not expected: " + actual.get(name));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> inArrays(String path, JsonNode expected, JsonNode actual) {
    if (expected.size() != actual.size()) {
      return Optional.of(differ(path, expected, actual));
    }
    for (int i = 0; i < expected.size(); i++) {
      Optional<String> found = find(path + "[" + i + "]", expected.get(i), actual.get(i));
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String differ(String path, JsonNode expected, JsonNode actual) {
    return path + " is " + actual + ", expected " + expected;
  }
}
