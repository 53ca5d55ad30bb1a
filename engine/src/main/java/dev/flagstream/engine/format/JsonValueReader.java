package dev.flagstream.engine.format;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.ConnectSchemas;
import dev.flagstream.engine.value.ExactDecimals;
import dev.flagstream.engine.value.Structs;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;

/**
 * Reads one JSON value as a value of one type, coercing as ksqlDB does: texts that hold numbers
 * become numbers, anything becomes text.
 */
abstract class JsonValueReader {

  private static final Object[] NO_VALUES = {};

  /** The reader for a type. */
  static JsonValueReader of(SqlType type) {
    return switch (type.base()) {
      case BOOLEAN -> new BooleanReader();
      case INTEGER -> new IntegerReader();
      case BIGINT -> new BigintReader();
      case DOUBLE -> new DoubleReader();
      case DECIMAL -> new DecimalReader((SqlType.Decimal) type);
      case STRING -> new StringReader();
      case BYTES -> new BytesReader();
      case TIME -> new TimeReader();
      case DATE -> new DateReader();
      case TIMESTAMP -> new TimestampReader();
      case ARRAY -> new ArrayReader((SqlType.Array) type);
      case MAP -> new MapReader((SqlType.Map) type);
      case STRUCT -> new StructReader((SqlType.Struct) type);
    };
  }

  /** The value at the parser's current token, which becomes the value's last one. */
  final Object read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      expectNumber(parser);
    }
    return token == JsonToken.VALUE_NULL ? null : readPresent(parser);
  }

  /** Passes over a value that no column asks for; its numbers must be numbers all the same. */
  static void skip(JsonParser parser) throws IOException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      if (token == JsonToken.VALUE_NUMBER_FLOAT) {
        expectNumber(parser);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    } while (depth > 0 && parser.nextToken() != null);
  }

  /**
   * Refuses exponents beyond what an exact number can have, wherever they stand, as ksqlDB does.
   */
  private static void expectNumber(JsonParser parser) throws IOException {
    char[] text = parser.getTextCharacters();
    int end = parser.getTextOffset() + parser.getTextLength();
    for (int i = parser.getTextOffset(); i < end; i++) {
      if ((text[i] | 0x20) == 'e') {
        exactValue(parser);
        return;
      }
    }
  }

  private static void exactValue(JsonParser parser) throws IOException {
    try {
      parser.getDecimalValue();
    } catch (NumberFormatException e) {
      throw new JsonParseException(parser, "Number is out of range", e);
    }
  }

  /** Reads and forgets: only whether the value could be read matters. */
  void check(JsonParser parser) throws IOException {
    read(parser);
  }

  abstract Object readPresent(JsonParser parser) throws IOException;

  private static UnreadableValueException notConvertible(JsonParser parser, String required) {
    return new UnreadableValueException(
        "Can't convert type. sourceType: " + nodeName(parser) + ", requiredType: " + required);
  }

  private static UnreadableValueException notCoercible(String target) {
    return new UnreadableValueException("Can't coerce string to type. targetType: " + target);
  }

  /** The names ksqlDB's messages give to kinds of JSON values. */
  private static String nodeName(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> "ObjectNode";
      case START_ARRAY -> "ArrayNode";
      case VALUE_STRING -> "TextNode";
      case VALUE_TRUE, VALUE_FALSE -> "BooleanNode";
      case VALUE_NUMBER_FLOAT -> "DecimalNode";
      case VALUE_NUMBER_INT -> integerNodeName(parser);
      default -> "NullNode";
    };
  }

  private static String integerNodeName(JsonParser parser) {
    try {
      return switch (parser.getNumberType()) {
        case INT -> "IntNode";
        case LONG -> "LongNode";
        default -> "BigIntegerNode";
      };
    } catch (IOException e) {
      return "BigIntegerNode";
    }
  }

  /** A reader of whole numbers, of which dates and times are made too. */
  private abstract static class WholeNumberReader extends JsonValueReader {
    final String typeName;

    WholeNumberReader(String typeName) {
      this.typeName = typeName;
    }

    abstract long parse(String text);

    final long readNumber(JsonParser parser) throws IOException {
      return switch (parser.currentToken()) {
        case VALUE_NUMBER_INT ->
            parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? parser.getBigIntegerValue().longValue()
                : parser.getLongValue();
        case VALUE_NUMBER_FLOAT -> parser.getDecimalValue().longValue();
        case VALUE_STRING -> fromText(parser.getText());
        default -> throw notConvertible(parser, typeName);
      };
    }

    private long fromText(String text) {
      try {
        return parse(text);
      } catch (NumberFormatException e) {
        throw notCoercible(typeName);
      }
    }

    @Override
    void check(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
        super.check(parser);
      }
    }
  }

  private static final class IntegerReader extends WholeNumberReader {
    IntegerReader() {
      super("INTEGER");
    }

    @Override
    long parse(String text) {
      return Integer.parseInt(text);
    }

    @Override
    Object readPresent(JsonParser parser) throws IOException {
      return (int) readNumber(parser);
    }
  }

  private static final class BigintReader extends WholeNumberReader {
    BigintReader() {
      super("BIGINT");
    }

    @Override
    long parse(String text) {
      return Long.parseLong(text);
    }

    @Override
    Object readPresent(JsonParser parser) throws IOException {
      return readNumber(parser);
    }
  }

  private static final class TimeReader extends WholeNumberReader {
    TimeReader() {
      super("TIME");
    }

    @Override
    long parse(String text) {
      return Long.parseLong(text);
    }

    @Override
    Object readPresent(JsonParser parser) throws IOException {
      return time(readNumber(parser));
    }

    private static Time time(long millis) {
      if (!SqlTimes.isTimeOfDay(millis)) {
        throw new UnreadableValueException(
            "A TIME is a number of milliseconds from 0 to 86399999 after midnight");
      }
      return new Time(millis);
    }

    @Override
    void check(JsonParser parser) throws IOException {
      read(parser);
    }
  }

  private static final class DateReader extends WholeNumberReader {
    DateReader() {
      super("DATE");
    }

    @Override
    long parse(String text) {
      return Long.parseLong(text);
    }

    @Override
    Object readPresent(JsonParser parser) throws IOException {
      return new Date(TimeUnit.DAYS.toMillis(readNumber(parser)));
    }
  }

  private static final class TimestampReader extends WholeNumberReader {
    TimestampReader() {
      super("TIMESTAMP");
    }

    @Override
    long parse(String text) {
      return Long.parseLong(text);
    }

    @Override
    Object readPresent(JsonParser parser) throws IOException {
      return new Timestamp(readNumber(parser));
    }
  }

  private static final class BooleanReader extends JsonValueReader {
    @Override
    Object readPresent(JsonParser parser) {
      return switch (parser.currentToken()) {
        case VALUE_TRUE -> true;
        case VALUE_FALSE -> false;
        default -> throw notConvertible(parser, "BOOLEAN");
      };
    }
  }

  private static final class DoubleReader extends JsonValueReader {
    @Override
    Object readPresent(JsonParser parser) throws IOException {
      return switch (parser.currentToken()) {
        // Exact numbers know no negative zero, and ksqlDB reads them as such.
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue() + 0.0;
        case VALUE_STRING -> fromText(parser.getText());
        default -> throw notConvertible(parser, "DOUBLE");
      };
    }

    private static Double fromText(String text) {
      try {
        return Double.valueOf(text);
      } catch (NumberFormatException e) {
        throw notCoercible("DOUBLE");
      }
    }

    @Override
    void check(JsonParser parser) throws IOException {
      if (parser.currentToken().isNumeric()) {
        skip(parser);
      } else {
        super.check(parser);
      }
    }
  }

  private static final class DecimalReader extends JsonValueReader {
    private final SqlType.Decimal type;

    DecimalReader(SqlType.Decimal type) {
      this.type = type;
    }

    @Override
    Object readPresent(JsonParser parser) throws IOException {
      return switch (parser.currentToken()) {
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> fit(parser.getDecimalValue());
        case VALUE_STRING -> fit(fromText(parser.getText()));
        default -> throw notConvertible(parser, type.toString());
      };
    }

    private BigDecimal fromText(String text) {
      try {
        return ExactDecimals.parse(text);
      } catch (NumberFormatException e) {
        throw notCoercible(type.toString());
      }
    }

    private BigDecimal fit(BigDecimal value) {
      try {
        return DecimalColumns.fit(value, type);
      } catch (ArithmeticException e) {
        throw new UnreadableValueException(e.getMessage(), e);
      }
    }
  }

  private static final class StringReader extends JsonValueReader {
    @Override
    Object readPresent(JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.START_ARRAY) {
        StringBuilder text = new StringBuilder();
        addArray(parser, text);
        return text.toString();
      }
      return textOf(parser);
    }

    private static String textOf(JsonParser parser) throws IOException {
      return switch (parser.currentToken()) {
        case VALUE_NUMBER_FLOAT -> {
          expectNumber(parser);
          yield parser.getDecimalValue().toString();
        }
        case VALUE_NUMBER_INT -> integerText(parser.getText());
        case START_OBJECT -> Json.textOf(parser);
        default -> parser.getText();
      };
    }

    private static String integerText(String text) {
      return text.equals("-0") ? "0" : text;
    }

    /**
     * As ksqlDB shows a list: its texts without quotes. All levels write into one text; one that
     * each level copied would cost as much as the array is deep and long.
     */
    private static void addArray(JsonParser parser, StringBuilder text) throws IOException {
      text.append('[');
      for (boolean first = true; parser.nextToken() != JsonToken.END_ARRAY; first = false) {
        text.append(first ? "" : ", ");
        switch (parser.currentToken()) {
          case START_ARRAY -> addArray(parser, text);
          case VALUE_NULL -> text.append((String) null);
          default -> text.append(textOf(parser));
        }
      }
      text.append(']');
    }

    @Override
    void check(JsonParser parser) throws IOException {
      skip(parser);
    }
  }

  private static final class BytesReader extends JsonValueReader {
    @Override
    Object readPresent(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw notConvertible(parser, "BYTES");
      }
      try {
        return ByteBuffer.wrap(parser.getBinaryValue());
      } catch (IOException e) {
        throw new UnreadableValueException(
            "Value is not a valid Base64 encoded string: " + parser.getText(), e);
      }
    }
  }

  private static final class ArrayReader extends JsonValueReader {
    private final JsonValueReader element;
    private final SqlType.Array type;

    ArrayReader(SqlType.Array type) {
      this.type = type;
      this.element = of(type.element());
    }

    @Override
    Object readPresent(JsonParser parser) throws IOException {
      expectArray(parser);
      List<Object> values = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        try {
          values.add(element.read(parser));
        } catch (UnreadableValueException e) {
          throw e.inside("[" + values.size() + "]");
        }
      }
      return values;
    }

    @Override
    void check(JsonParser parser) throws IOException {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        return;
      }
      expectArray(parser);
      int index = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        try {
          element.check(parser);
        } catch (UnreadableValueException e) {
          throw e.inside("[" + index + "]");
        }
        index++;
      }
    }

    private void expectArray(JsonParser parser) {
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw notConvertible(parser, type.toString());
      }
    }
  }

  private static final class MapReader extends JsonValueReader {
    private final JsonValueReader value;
    private final SqlType.Map type;

    MapReader(SqlType.Map type) {
      this.type = type;
      this.value = of(type.value());
    }

    @Override
    Object readPresent(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw notConvertible(parser, type.toString());
      }
      Map<String, Object> values = new LinkedHashMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        parser.nextToken();
        try {
          values.put(key, value.read(parser));
        } catch (UnreadableValueException e) {
          throw e.inside("." + key + ".value");
        }
      }
      return inOrderOfHashes(values);
    }

    /**
     * ksqlDB's maps are hash maps made for their number of entries; functions such as REDUCE show
     * their order.
     */
    private static Map<String, Object> inOrderOfHashes(Map<String, Object> written) {
      Map<String, Object> values = new HashMap<>(written.size());
      written.forEach(values::put);
      return values;
    }
  }

  private static final class StructReader extends JsonValueReader {
    private final SqlType.Struct type;
    private final Schema schema;
    private final JsonObjectReader values;
    private final JsonObjectReader checks;

    StructReader(SqlType.Struct type) {
      this.type = type;
      this.schema = ConnectSchemas.of(type);
      List<String> names = type.fields().stream().map(SqlType.Field::name).toList();
      JsonValueReader[] readers =
          type.fields().stream().map(f -> of(f.type())).toArray(JsonValueReader[]::new);
      this.values =
          new JsonObjectReader(names, readers, IntStream.range(0, names.size()).toArray());
      this.checks =
          new JsonObjectReader(
              names, readers, names.stream().mapToInt(name -> ColumnLayout.UNUSED).toArray());
    }

    @Override
    Object readPresent(JsonParser parser) throws IOException {
      expectObject(parser);
      Object[] fieldValues = new Object[type.fields().size()];
      values.read(parser, fieldValues);
      return Structs.ofTyped(schema, fieldValues);
    }

    @Override
    void check(JsonParser parser) throws IOException {
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        expectObject(parser);
        checks.read(parser, NO_VALUES);
      }
    }

    private void expectObject(JsonParser parser) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw notConvertible(parser, type.toString());
      }
    }
  }
}
