package dev.flagstream.engine.function.builtin.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.confluent.ksql.function.FunctionCategory;
import io.confluent.ksql.function.udf.Udf;
import io.confluent.ksql.function.udf.UdfDescription;
import io.confluent.ksql.function.udf.UdfParameter;
import java.io.IOException;

/** {@code JSON_ARRAY_CONTAINS}. */
@UdfDescription(
    name = "JSON_ARRAY_CONTAINS",
    category = FunctionCategory.JSON,
    description =
        "Whether a value is among the elements of a JSON array: an INT or BIGINT among those"
            + " without a point, a DOUBLE among those with one, a DECIMAL never. False if the"
            + " string holds no JSON array up to there, NULL if it is NULL.")
public class JsonArrayContains {

  private static final JsonFactory JSON = new JsonFactory();

  @Udf
  public <T> Boolean jsonArrayContains(
      @UdfParameter("jsonArray") String json, @UdfParameter("val") T value) {
    if (json == null) {
      return null;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      return parser.nextToken() == JsonToken.START_ARRAY && contains(parser, value);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean contains(JsonParser elements, Object value) throws IOException {
    JsonToken element = elements.nextToken();
    while (element != null && element != JsonToken.END_ARRAY) {
      if (isEqual(elements, element, value)) {
        return true;
      }
      elements.skipChildren();
      element = elements.nextToken();
    }
    return false;
  }

  /** A number that is too large for the type of the value ends the search, as in ksqlDB. */
  private static boolean isEqual(JsonParser parser, JsonToken element, Object value)
      throws IOException {
    return switch (element) {
      case VALUE_NULL -> value == null;
      case VALUE_TRUE -> Boolean.TRUE.equals(value);
      case VALUE_FALSE -> Boolean.FALSE.equals(value);
      case VALUE_STRING -> value instanceof String && parser.getText().equals(value);
      case VALUE_NUMBER_INT ->
          (value instanceof Integer number && parser.getIntValue() == number)
              || (value instanceof Long bigint && parser.getLongValue() == bigint);
      case VALUE_NUMBER_FLOAT ->
          value instanceof Double real && real.equals(parser.getDoubleValue());
      default -> false;
    };
  }
}
