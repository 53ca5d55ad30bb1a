package dev.flagstream.engine.statement;

import dev.flagstream.engine.expression.TimeText;
import dev.flagstream.engine.type.ConnectSchemas;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.Array;
import dev.flagstream.engine.type.SqlType.Decimal;
import dev.flagstream.engine.type.SqlType.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;

/** Turns values that someone wants to insert into the Java classes behind a column's type. */
final class SqlValues {

  private SqlValues() {}

  /** A value that does not fit its column. */
  static final class MismatchException extends RuntimeException {
    MismatchException(Object value, SqlType type, Throwable cause) {
      super("%s does not fit %s".formatted(value, type), cause);
    }
  }

  /**
   * The value as the type's Java class. Numbers widen, and narrow where nothing is lost; texts
   * become times, and bytes as Base64.
   *
   * @param lenient whether texts may also become numbers and truth values, as in rows of JSON
   * @throws MismatchException if it does not fit
   */
  static Object convert(Object value, SqlType type, boolean lenient) {
    if (value == null) {
      return null;
    }
    try {
      Object converted = convertPresent(value, type, lenient);
      if (converted == null) {
        throw new MismatchException(value, type, null);
      }
      return converted;
    } catch (RuntimeException e) {
      throw e instanceof MismatchException ? e : new MismatchException(value, type, e);
    }
  }

  private static Object convertPresent(Object value, SqlType type, boolean lenient) {
    return switch (type.base()) {
      case BOOLEAN -> toBoolean(value, lenient);
      case INTEGER ->
          number(value, lenient) == null ? null : number(value, lenient).intValueExact();
      case BIGINT ->
          number(value, lenient) == null ? null : number(value, lenient).longValueExact();
      case DECIMAL -> toDecimal(value, (Decimal) type, lenient);
      case DOUBLE -> value instanceof Double ? value : toDouble(value, lenient);
      case STRING -> toText(value, lenient);
      case ARRAY -> toList(value, (Array) type, lenient);
      case MAP -> toMap(value, (SqlType.Map) type, lenient);
      case STRUCT -> toStruct(value, (SqlType.Struct) type, lenient);
      case TIMESTAMP ->
          value instanceof String text
              ? TimeText.parseTimestamp(text)
              : same(value, java.sql.Timestamp.class);
      case DATE ->
          value instanceof String text
              ? TimeText.parseDate(text)
              : same(value, java.sql.Date.class);
      case TIME ->
          value instanceof String text
              ? TimeText.parseTime(text)
              : same(value, java.sql.Time.class);
      case BYTES ->
          value instanceof String text
              ? ByteBuffer.wrap(Base64.getDecoder().decode(text))
              : same(value, ByteBuffer.class);
    };
  }

  private static Object same(Object value, Class<?> type) {
    return type.isInstance(value) ? value : null;
  }

  private static Boolean toBoolean(Object value, boolean lenient) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (lenient && value instanceof String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> null;
      };
    }
    return null;
  }

  private static BigDecimal number(Object value, boolean lenient) {
    if (value instanceof Integer || value instanceof Long) {
      return BigDecimal.valueOf(((Number) value).longValue());
    }
    if (value instanceof BigInteger integer) {
      return new BigDecimal(integer);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal;
    }
    return lenient && value instanceof String text ? new BigDecimal(text.strip()) : null;
  }

  private static Object toDouble(Object value, boolean lenient) {
    BigDecimal number = number(value, lenient);
    return number == null ? null : number.doubleValue();
  }

  private static Object toDecimal(Object value, Decimal type, boolean lenient) {
    BigDecimal number = number(value, lenient);
    if (number == null) {
      return null;
    }
    BigDecimal scaled = number.setScale(type.scale(), java.math.RoundingMode.UNNECESSARY);
    return scaled.precision() <= type.precision() ? scaled : null;
  }

  private static Object toText(Object value, boolean lenient) {
    if (value instanceof String) {
      return value;
    }
    return lenient && (value instanceof Number || value instanceof Boolean)
        ? value.toString()
        : null;
  }

  private static Object toList(Object value, Array type, boolean lenient) {
    if (!(value instanceof List<?> elements)) {
      return null;
    }
    var list = new ArrayList<>();
    elements.forEach(element -> list.add(convert(element, type.element(), lenient)));
    return list;
  }

  private static Object toMap(Object value, SqlType.Map type, boolean lenient) {
    if (!(value instanceof Map<?, ?> entries)) {
      return null;
    }
    var map = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) ->
            // Keys of a JSON object are texts, whatever the type of the map's keys.
            map.put(convert(key, type.key(), true), convert(entry, type.value(), lenient)));
    return map;
  }

  private static Object toStruct(Object value, SqlType.Struct type, boolean lenient) {
    var struct = new Struct(ConnectSchemas.of(type));
    for (Field field : type.fields()) {
      struct.put(field.name(), convert(fieldOf(value, field.name()), field.type(), lenient));
    }
    return struct;
  }

  private static Object fieldOf(Object value, String name) {
    if (value instanceof Struct struct) {
      return struct.schema().field(name) == null ? null : struct.get(name);
    }
    if (value instanceof Map<?, ?> fields) {
      return fields.entrySet().stream()
          .filter(entry -> name.equalsIgnoreCase(String.valueOf(entry.getKey())))
          .<Object>map(Map.Entry::getValue)
          .findFirst()
          .orElse(null);
    }
    throw new MismatchException(value, SqlType.STRING, null);
  }
}
