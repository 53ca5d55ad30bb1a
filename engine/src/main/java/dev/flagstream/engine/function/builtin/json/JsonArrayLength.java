package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;

/** {@code JSON_ARRAY_LENGTH}. */
@UdfDescription(
    name = "JSON_ARRAY_LENGTH",
    category = FunctionCategory.JSON,
    description = "The number of elements of a JSON array; NULL of any other JSON.")
public class JsonArrayLength {

  @Udf
  public Integer jsonArrayLength(@UdfParameter("jsonArray") String json) {
    if (json == null) {
      return null;
    }
    JsonNode node = ExactJson.read(json);
    return node.isArray() ? node.size() : null;
  }
}
