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
    name = "JSON_ARRAY_CONTAINS",
    category = FunctionCategory.JSON,
    description =
        "Whether a value is among the elements of a JSON array; false if the string holds no JSON"
            + " array, NULL if it is NULL.")
public class JsonArrayContains {

  @Udf
  public <T> Boolean jsonArrayContains(
      @UdfParameter("jsonArray") String json, @UdfParameter("val") T value) {
    if (json == null) {
      return null;
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
      return ExactJson.read(json);
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
    boolean finite = !(value instanceof Double number) || Double.isFinite(number);
    return value instanceof Number number
        && finite
        && element.isNumber()
        && element.decimalValue().compareTo(new BigDecimal(number.toString())) == 0;
  }
}
