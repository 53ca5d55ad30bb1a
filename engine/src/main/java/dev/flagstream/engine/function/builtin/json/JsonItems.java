package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;

/** {@code JSON_ITEMS}. */
@UdfDescription(
    name = "JSON_ITEMS",
    category = FunctionCategory.JSON,
    description =
        "The elements of a JSON array as an array of JSON strings; NULL of any other JSON.")
public class JsonItems {

  @Udf
  public List<String> jsonItems(@UdfParameter("jsonItems") String json) {
    if (json == null) {
      return null;
    }
    JsonNode node = ExactJson.read(json);
    if (!node.isArray()) {
      return null;
    }
    List<String> items = new ArrayList<>(node.size());
    node.forEach(element -> items.add(element.toString()));
    return items;
  }
}
