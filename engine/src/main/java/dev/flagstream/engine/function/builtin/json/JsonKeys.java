package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.ArrayList;
import java.util.List;

/** {@code JSON_KEYS}. */
@UdfDescription(
    name = "JSON_KEYS",
    category = FunctionCategory.JSON,
    description = "The keys of a JSON object as an array; NULL of any other JSON.")
public class JsonKeys {

  @Udf
  public List<String> jsonKeys(@UdfParameter("jsonObj") String json) {
    if (json == null) {
      return null;
    }
    JsonNode node = ExactJson.read(json);
    if (!node.isObject()) {
      return null;
    }
    List<String> keys = new ArrayList<>(node.size());
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }
}
