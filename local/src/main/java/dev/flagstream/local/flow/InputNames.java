package dev.flagstream.local.flow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/**
 * The names of fields in records of the input topic. SQL takes them in any case: producers write
 * lower case, as documented, and {@code INSERT INTO transactions} writes upper case. Stateless.
 */
public final class InputNames {

  private InputNames() {}

  /**
   * A record with all names in lower case, also those within structs; of two that differ in case
   * alone the later counts. What is no object comes back as it is.
   */
  public static JsonNode inLowerCase(JsonNode record) {
    if (!record.isObject() || isInLowerCase(record)) {
      return record;
    }
    ObjectNode renamed = JsonNodeFactory.instance.objectNode();
    record
        .properties()
        .forEach(
            field ->
                renamed.set(
                    field.getKey().toLowerCase(Locale.ROOT), inLowerCase(field.getValue())));
    return renamed;
  }

  private static boolean isInLowerCase(JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().chars().anyMatch(Character::isUpperCase)
          || (field.getValue().isObject() && !isInLowerCase(field.getValue()))) {
        return false;
      }
    }
    return true;
  }
}
