package dev.flagstream.udf;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A value of a JSON document, as much of it as reading a record into columns needs. */
sealed interface JsonValue {

  /** As in {@code \\u0001}. */
  int UNICODE_ESCAPE_LENGTH = 6;

  /** What ksqlDB makes of the value in a VARCHAR column. Arrays and objects are only hinted at. */
  String asText();

  /** How many characters ksqlDB puts into a VARCHAR column for the value. */
  default int textLength() {
    return asText().length();
  }

  /** How many characters the value has inside an array or object that is written without spaces. */
  default int jsonLength() {
    return textLength();
  }

  record Text(String asText) implements JsonValue {
    @Override
    public int jsonLength() {
      return quotedLength(asText);
    }
  }

  record Numeric(BigDecimal value) implements JsonValue {
    @Override
    public String asText() {
      return value.toString();
    }
  }

  /**
   * An array, of which only the length matters.
   *
   * @param textLength as a list is shown: a comma and a space between, texts without quotes
   * @param jsonLength as JSON without spaces
   */
  record Items(int textLength, int jsonLength) implements JsonValue {
    @Override
    public String asText() {
      return "[...]";
    }
  }

  /** TRUE or FALSE, or the literal null. */
  enum Simple implements JsonValue {
    TRUE("true"),
    FALSE("false"),
    NULL("null");

    private final String text;

    Simple(String text) {
      this.text = text;
    }

    @Override
    public String asText() {
      return text;
    }
  }

  /** An object, as ksqlDB looks into it for a column whose name was declared without quotes. */
  final class Fields implements JsonValue {

    private final Map<String, JsonValue> byName;
    private final boolean hasOnlyLowerCaseNames;
    private Map<String, JsonValue> byUpperCaseName;
    private int textLength;

    /**
     * Takes the fields in the order of the document. A name spelt in upper case counts before all
     * others, else the last of those that differ in case only.
     */
    private Fields(Map<String, JsonValue> byName) {
      this.byName = byName;
      boolean lowerCase = true;
      for (String name : byName.keySet()) {
        lowerCase &= isLowerCase(name);
      }
      this.hasOnlyLowerCaseNames = lowerCase;
    }

    /** Of ASCII letters alone: of others, several can have the same upper case. */
    private static boolean isLowerCase(String name) {
      for (int i = 0; i < name.length(); i++) {
        char c = name.charAt(i);
        if ((c >= 'A' && c <= 'Z') || c > '~') {
          return false;
        }
      }
      return true;
    }

    private Map<String, JsonValue> byUpperCaseName() {
      if (byUpperCaseName == null) {
        Map<String, JsonValue> found = new HashMap<>();
        byName.forEach((name, value) -> found.put(name.toUpperCase(Locale.ROOT), value));
        found.replaceAll((name, value) -> byName.getOrDefault(name, value));
        byUpperCaseName = found;
      }
      return byUpperCaseName;
    }

    /** Computed when it is asked for: of a text nobody shows, it does not matter. */
    @Override
    public int textLength() {
      if (textLength == 0) {
        int length = 2 + Math.max(0, byName.size() - 1);
        for (Map.Entry<String, JsonValue> field : byName.entrySet()) {
          length += quotedLength(field.getKey()) + 1 + field.getValue().jsonLength();
        }
        textLength = length;
      }
      return textLength;
    }

    /** The field for a column; null if there is none. */
    JsonValue get(InputColumn column) {
      // Most records spell all names in lower case, so that no two differ in case only.
      return hasOnlyLowerCaseNames
          ? byName.get(column.name())
          : byUpperCaseName().get(column.upperCaseName());
    }

    @Override
    public String asText() {
      return "{...}";
    }
  }

  private static int quotedLength(String text) {
    int length = 2 + text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        length++;
      } else if (c < ' ') {
        length += "\b\f\n\r\t".indexOf(c) >= 0 ? 1 : UNICODE_ESCAPE_LENGTH - 1;
      }
    }
    return length;
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

    private static Items array(JsonParser parser) throws IOException {
      int items = 0;
      int text = 2;
      int json = 2;
      for (; parser.nextToken() != JsonToken.END_ARRAY; items++) {
        JsonValue item = value(parser);
        text += item.textLength();
        json += item.jsonLength();
      }
      int between = Math.max(0, items - 1);
      return new Items(text + 2 * between, json + between);
    }
  }
}
