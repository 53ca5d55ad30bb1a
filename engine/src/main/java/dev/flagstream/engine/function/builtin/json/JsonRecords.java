package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.util.HashMap;
import java.util.Map;

/** {@code JSON_RECORDS}. */
@UdfDescription(
    name = "JSON_RECORDS",
    category = FunctionCategory.JSON,
    description =
        "The keys and values of a JSON object as a map of strings; NULL of any other JSON.")
public class JsonRecords {

  @Udf(description = "A string value comes without quotes, any other as JSON.")
  public Map<String, String> jsonRecords(@UdfParameter("jsonObj") String json) {
    if (json == null) {
      return null;
    }
    JsonNode node = ExactJson.read(json);
    if (!node.isObject()) {
      return null;
    }
    Map<String, String> records = new HashMap<>(node.size());
    node.properties()
        .forEach(field -> records.put(field.getKey(), ExactJson.asString(field.getValue())));
    return records;
  }
}
