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
   * A record with all names in lower case, also those within structs. Of several that SQL takes for
   * the same column one in upper case counts, else the last. What is no object comes back as it is.
   */
  public static JsonNode inLowerCase(JsonNode record) {
    if (!record.isObject() || isInLowerCase(record)) {
      return record;
    }
    ObjectNode renamed = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : record.properties()) {
      String column = field.getKey().toUpperCase(Locale.ROOT);
      renamed.set(
          column.toLowerCase(Locale.ROOT),
          inLowerCase(record.has(column) ? record.get(column) : field.getValue()));
    }
    return renamed;
  }

  /** Of ASCII alone: other letters may have the upper case of one of these. */
  private static boolean isInLowerCase(JsonNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (field.getKey().chars().anyMatch(c -> (c >= 'A' && c <= 'Z') || c > '~')
          || (field.getValue().isObject() && !isInLowerCase(field.getValue()))) {
        return false;
      }
    }
    return true;
  }
}
