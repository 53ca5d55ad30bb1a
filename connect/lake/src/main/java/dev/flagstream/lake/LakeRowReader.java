package dev.flagstream.lake;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.connect.errors.DataException;

/**
 * Reads records, each a JSON object in UTF-8, as rows. What bounds the work of reading one: its
 * length, and Jackson's limits of nesting and of digits. Thread-safe.
 */
final class LakeRowReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonFactory PARSERS = JSON.getFactory();

  /** The years 1 to 9999. */
  private static final long FIRST_MS = -62_135_596_800_000L;

  private static final long LAST_MS = 253_402_300_799_999L;

  /** Of milliseconds since 1970, for the next 260 years. */
  private static final int TIME_DIGITS = 13;

  private final LakeSchema schema;
  private final int rowIndex;

  /**
   * A reader of rows.
   *
   * @param rowIndex the column without which a record is no row; -1 if every record is one
   */
  LakeRowReader(LakeSchema schema, int rowIndex) {
    this.schema = schema;
    this.rowIndex = rowIndex;
  }

  /**
   * The row of a record: the values of the columns in their order, then what no column has, as the
   * text of a JSON object. Each may be null. Amounts are {@link BigDecimal} with the column's
   * scale, times milliseconds.
   *
   * @return null if the record is to be passed over
   * @throws DataException naming the column, never a value, if it is no row
   */
  Object[] read(byte[] record) {
    if (record == null) {
      throw new DataException("it has no value");
    }
    Object[] row = new Object[schema.columns().size() + 1];
    try (JsonParser json = PARSERS.createParser(record)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new DataException("it is no JSON object");
      }
      ObjectNode others = readStruct(json, schema.fields(), row);
      if (json.nextToken() != null) {
        throw new DataException("something follows its JSON object");
      }
      row[row.length - 1] = others == null ? null : others.toString();
    } catch (JsonProcessingException e) {
      // Jackson's message would quote what is wrong.
      throw new DataException("it is no JSON" + place(e.getLocation()));
    } catch (IOException e) {
      throw new DataException("it is no JSON in UTF-8");
    }
    if (rowIndex >= 0 && row[rowIndex] == null) {
      return null;
    }
    requireAll(row);
    return row;
  }

  private static String place(JsonLocation location) {
    return location == null
        ? ""
        : ", line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  private void requireAll(Object[] row) {
    List<LakeColumn> columns = schema.columns();
    for (int i = 0; i < columns.size(); i++) {
      if (row[i] == null && columns.get(i).required()) {
        throw new DataException("it has no " + columns.get(i).name());
      }
    }
  }

  /** Gives the fields that are in no column; null if there are none. */
  private ObjectNode readStruct(JsonParser json, LakeSchema.Fields fields, Object[] row)
      throws IOException {
    ObjectNode others = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String written = json.currentName();
      String name = written.toLowerCase(Locale.ROOT);
      JsonToken token = json.nextToken();
      Integer column = fields.columns().get(name);
      LakeSchema.Fields struct = fields.structs().get(name);
      if (column != null) {
        row[column] = value(json, token, schema.columns().get(column));
      } else if (struct != null && token == JsonToken.START_OBJECT) {
        ObjectNode ofStruct = readStruct(json, struct, row);
        if (ofStruct != null) {
          others = others == null ? JSON.createObjectNode() : others;
          others.set(written, ofStruct);
        }
      } else if (struct == null) {
        JsonNode other = tree(json, written);
        others = others == null ? JSON.createObjectNode() : others;
        others.set(written, other);
      } else if (token != JsonToken.VALUE_NULL) {
        throw new DataException(name + " is no object");
      }
    }
    return others;
  }

  private static JsonNode tree(JsonParser json, String name) throws IOException {
    JsonNode tree = json.readValueAsTree();
    requireNoCardNumber(tree, name);
    return tree;
  }

  private static void requireNoCardNumber(JsonNode tree, String name) {
    // A number of 13 digits is far more likely a time.
    if (tree.isTextual() || (tree.isIntegralNumber() && tree.asText().length() > TIME_DIGITS)) {
      CardNumberGuard.requireNone(name, tree.asText());
    } else if (tree.isObject()) {
      tree.properties().forEach(field -> requireNoCardNumber(field.getValue(), field.getKey()));
    } else {
      tree.forEach(each -> requireNoCardNumber(each, name));
    }
  }

  private static Object value(JsonParser json, JsonToken token, LakeColumn column)
      throws IOException {
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    return switch (column.kind()) {
      case TEXT -> text(json, token, column);
      case INTEGER -> (int) whole(json, token, column, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case LONG -> whole(json, token, column, Long.MIN_VALUE, Long.MAX_VALUE);
      case TIME -> whole(json, token, column, FIRST_MS, LAST_MS);
      case DOUBLE -> fraction(json, token, column);
      case BOOLEAN -> truth(token, column);
      case DECIMAL -> money(json, token, column);
      case JSON -> tree(json, column.name()).toString();
    };
  }

  private static String text(JsonParser json, JsonToken token, LakeColumn column)
      throws IOException {
    if (!token.isScalarValue()) {
      throw wrong(column, "a text");
    }
    String text = json.getText();
    CardNumberGuard.requireNone(column.name(), text);
    return text;
  }

  private static long whole(
      JsonParser json, JsonToken token, LakeColumn column, long least, long most)
      throws IOException {
    if (token != JsonToken.VALUE_NUMBER_INT
        || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
        || json.getLongValue() < least
        || json.getLongValue() > most) {
      throw wrong(column, "a whole number from " + least + " to " + most);
    }
    return json.getLongValue();
  }

  private static double fraction(JsonParser json, JsonToken token, LakeColumn column)
      throws IOException {
    if (token.isNumeric()) {
      return json.getDoubleValue();
    }
    // As JSON has no such numbers, SQL writes their names.
    return switch (token == JsonToken.VALUE_STRING ? json.getText() : "") {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw wrong(column, "a number");
    };
  }

  private static boolean truth(JsonToken token, LakeColumn column) {
    if (!token.isBoolean()) {
      throw wrong(column, "true or false");
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private static BigDecimal money(JsonParser json, JsonToken token, LakeColumn column)
      throws IOException {
    if (token.isNumeric()) {
      BigDecimal value = decimal(json, column);
      long before = (long) value.precision() - value.scale();
      long tooMany = (long) value.scale() - column.scale();
      // First the sizes: 1e999999999 must not be written out.
      if (value.signum() == 0) {
        return BigDecimal.ZERO.setScale(column.scale());
      }
      if (before <= LakeColumn.DIGITS - column.scale() && tooMany < value.precision()) {
        BigDecimal rounded = value.setScale(column.scale(), RoundingMode.DOWN);
        if (rounded.compareTo(value) == 0) {
          return rounded;
        }
      }
    }
    throw wrong(
        column,
        "a number with at most %d digits, %d of them after the point"
            .formatted(LakeColumn.DIGITS, column.scale()));
  }

  private static BigDecimal decimal(JsonParser json, LakeColumn column) throws IOException {
    try {
      return json.getDecimalValue();
    } catch (NumberFormatException e) {
      throw wrong(column, "a number: its exponent has too many digits");
    }
  }

  private static DataException wrong(LakeColumn column, String wanted) {
    return new DataException(column.name() + " is not " + wanted);
  }
}
