package dev.flagstream.udf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A value of a JSON document, as much of it as reading a record into columns needs. */
sealed interface JsonValue {

  /** What ksqlDB makes of the value in a VARCHAR column. Arrays and objects are only hinted at. */
  String asText();

  record Text(String asText) implements JsonValue {}

  record Numeric(BigDecimal value) implements JsonValue {
    @Override
    public String asText() {
      return value.toString();
    }
  }

  /** TRUE or FALSE, the literal null, or an array. */
  enum Simple implements JsonValue {
    TRUE("true"),
    FALSE("false"),
    NULL("null"),
    ARRAY("[...]");

    private final String text;

    Simple(String text) {
      this.text = text;
    }

    @Override
    public String asText() {
      return text;
    }
  }

  record Fields(Map<String, JsonValue> byName) implements JsonValue {
    @Override
    public String asText() {
      return "{...}";
    }

    /**
     * The field ksqlDB takes for a column declared without quotes, or null: one spelt in upper case
     * before all others, else the last of those that differ in case only.
     */
    JsonValue ignoringCase(String columnName) {
      String upperCase = columnName.toUpperCase(Locale.ROOT);
      JsonValue exact = byName.get(upperCase);
      if (exact != null) {
        return exact;
      }
      JsonValue last = null;
      for (Map.Entry<String, JsonValue> field : byName.entrySet()) {
        if (field.getKey().toUpperCase(Locale.ROOT).equals(upperCase)) {
          last = field.getValue();
        }
      }
      return last;
    }
  }

  /**
   * The first value of a document; what follows it is not looked at, as in ksqlDB.
   *
   * @return null if there is none
   * @throws IOException if the document is no JSON up to the end of its first value, or holds a
   *     number with more digits or a larger exponent than can be
   */
  static JsonValue firstOf(byte[] document) throws IOException {
    try (JsonParser parser = Reading.PARSERS.createParser(document)) {
      return parser.nextToken() == null ? null : Reading.value(parser);
    } catch (NumberFormatException e) {
      throw new IOException(e);
    }
  }

  /** How a document becomes values. Every number is converted, because ksqlDB does so. */
  final class Reading {

    private static final JsonFactory PARSERS = new JsonFactory();

    private Reading() {}

    private static JsonValue value(JsonParser parser) throws IOException {
      return switch (parser.currentToken()) {
        case START_OBJECT -> fields(parser);
        case START_ARRAY -> array(parser);
        case VALUE_STRING -> new Text(parser.getText());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Numeric(parser.getDecimalValue());
        case VALUE_TRUE -> Simple.TRUE;
        case VALUE_FALSE -> Simple.FALSE;
        case VALUE_NULL -> Simple.NULL;
        default -> throw new IOException("Unexpected " + parser.currentToken());
      };
    }

    private static Fields fields(JsonParser parser) throws IOException {
      Map<String, JsonValue> byName = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        byName.put(name, value(parser));
      }
      return new Fields(byName);
    }

    private static Simple array(JsonParser parser) throws IOException {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        value(parser);
      }
      return Simple.ARRAY;
    }
  }
}
