package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;

/** {@code JSON_CONCAT}. */
@UdfDescription(
    name = "JSON_CONCAT",
    category = FunctionCategory.JSON,
    description =
        "Objects merged into one, the last of equal keys counting; anything else joined into an"
            + " array; one alone stays what it is. NULL if a string is NULL or empty.")
public class JsonConcat {

  @Udf
  public String jsonConcat(@UdfParameter("jsonStrings") String... jsons) {
    List<JsonNode> nodes = new ArrayList<>(jsons.length);
    for (String json : jsons) {
      JsonNode node = json == null ? null : ExactJson.read(json);
      if (node == null || node.isMissingNode()) {
        return null;
      }
      nodes.add(node);
    }
    if (nodes.isEmpty()) {
      return null;
    }
    if (nodes.size() == 1) {
      return ExactJson.write(nodes.get(0));
    }
    boolean allObjects = nodes.stream().allMatch(JsonNode::isObject);
    return ExactJson.write(allObjects ? merged(nodes) : joined(nodes));
  }

  private static JsonNode merged(List<JsonNode> objects) {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    objects.forEach(object -> merged.setAll((ObjectNode) object));
    return merged;
  }

  private static JsonNode joined(List<JsonNode> nodes) {
    ArrayNode joined = JsonNodeFactory.instance.arrayNode();
    for (JsonNode node : nodes) {
      if (node.isArray()) {
        joined.addAll((ArrayNode) node);
      } else {
        joined.add(node);
      }
    }
    return joined;
  }
}
