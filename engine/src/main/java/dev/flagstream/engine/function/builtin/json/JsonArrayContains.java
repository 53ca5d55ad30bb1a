package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.math.BigDecimal;

/** {@code JSON_ARRAY_CONTAINS}. */
@UdfDescription(
    name = "json_array_contains",
    category = FunctionCategory.JSON,
    description =
        "Whether a value is among the elements of a JSON array; false if the string holds no JSON array.")
public class JsonArrayContains {

  @Udf
  public <T> Boolean jsonArrayContains(
      @UdfParameter("json") String json, @UdfParameter("value") T value) {
    if (json == null) {
      return false;
    }
    JsonNode array = parsed(json);
    if (!array.isArray()) {
      return false;
    }
    for (JsonNode element : array) {
      if (isEqual(element, value)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode parsed(String json) {
    try {
      return JsonText.read(json);
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }

  private static boolean isEqual(JsonNode element, Object value) {
    if (value == null || element.isNull()) {
      return value == null && element.isNull();
    }
    if (value instanceof String text) {
      return element.isTextual() && element.textValue().equals(text);
    }
    if (value instanceof Boolean flag) {
      return element.isBoolean() && element.booleanValue() == flag;
    }
    return value instanceof Number number
        && element.isNumber()
        && element.decimalValue().compareTo(new BigDecimal(number.toString())) == 0;
  }
}
