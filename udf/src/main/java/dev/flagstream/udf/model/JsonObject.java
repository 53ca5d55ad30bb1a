package dev.flagstream.udf.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object of a JSON document, read strictly. Messages name the field by its path. */
final class JsonObject {

  private static final JsonFactory PARSERS = new JsonFactory();

  private final String path;
  private final Map<String, Object> fields;

  private JsonObject(String path, Map<String, Object> fields) {
    this.path = path;
    this.fields = fields;
  }

  /**
   * Reads a document that is one object.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static JsonObject read(byte[] document) {
    try (JsonParser parser = PARSERS.createParser(document)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("is no JSON object");
      }
      Map<String, Object> fields = fields(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("goes on after its JSON object");
      }
      return new JsonObject("", fields);
    } catch (IOException e) {
      throw new IllegalArgumentException("is no valid JSON (" + e.getMessage() + ")", e);
    }
  }

  private static Map<String, Object> fields(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (fields.containsKey(name)) {
        throw new IllegalArgumentException("has the field " + name + " twice");
      }
      fields.put(name, value(parser));
    }
    return fields;
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> fields(parser);
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield elements;
      }
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IOException("unexpected " + parser.currentToken());
    };
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  String text(String name) {
    return value(name, String.class, "a text");
  }

  double number(String name) {
    return value(name, Double.class, "a number");
  }

  /** A number, or NaN for null. */
  double numberOrNaN(String name) {
    return fields.containsKey(name) && fields.get(name) == null ? Double.NaN : number(name);
  }

  JsonObject object(String name) {
    return asObject(path + name, require(name));
  }

  Optional<JsonObject> optionalObject(String name) {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  List<JsonObject> objects(String name) {
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : elements(name)) {
      objects.add(asObject("%s%s[%d]".formatted(path, name, objects.size()), element));
    }
    return objects;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object element : elements(name)) {
      if (!(element instanceof String text)) {
        throw invalid(name, "a list of texts is needed");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A list of numbers. */
  double[] numbers(String name) {
    double[] numbers = numbersOrNaN(name);
    for (double number : numbers) {
      if (Double.isNaN(number)) {
        throw invalid(name, "a list of numbers without null is needed");
      }
    }
    return numbers;
  }

  /** A list of numbers and, as NaN, nulls. */
  double[] numbersOrNaN(String name) {
    List<?> elements = elements(name);
    double[] numbers = new double[elements.size()];
    for (int index = 0; index < numbers.length; index++) {
      Object element = elements.get(index);
      if (element != null && !(element instanceof Double)) {
        throw invalid(name, "a list of numbers is needed");
      }
      numbers[index] = element == null ? Double.NaN : (Double) element;
    }
    return numbers;
  }

  private List<?> elements(String name) {
    return value(name, List.class, "a list");
  }

  private <T> T value(String name, Class<T> type, String expectation) {
    Object value = require(name);
    if (!type.isInstance(value)) {
      throw invalid(name, expectation + " is needed");
    }
    return type.cast(value);
  }

  private Object require(String name) {
    if (!has(name)) {
      throw invalid(name, "is missing");
    }
    return fields.get(name);
  }

  @SuppressWarnings("unchecked")
  private JsonObject asObject(String objectPath, Object value) {
    if (!(value instanceof Map)) {
      throw new IllegalArgumentException(objectPath + ": an object is needed");
    }
    return new JsonObject(objectPath + ".", (Map<String, Object>) value);
  }

  IllegalArgumentException invalid(String name, String flaw) {
    return new IllegalArgumentException(path + name + ": " + flaw);
  }
}
