package dev.flagstream.engine.statement.rows;

import dev.flagstream.engine.expression.TimeText;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.type.SqlType.Array;
import dev.flagstream.engine.type.SqlType.Decimal;
import dev.flagstream.engine.type.SqlType.Field;
import dev.flagstream.engine.value.ConnectSchemas;
import dev.flagstream.engine.value.ExactDecimals;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.data.Struct;

/**
 * Turns values as JSON has them into the Java classes behind SQL types. Lenient as ksqlDB is: texts
 * may stand for numbers and truth values, times are texts, bytes are Base64.
 */
final class JsonValues {

  private JsonValues() {}

  /** A value that does not fit its type. The value is not in the message. */
  static final class MismatchException extends RuntimeException {
    MismatchException(SqlType type, Throwable cause) {
      super("The value is no " + type, cause);
    }
  }

  /**
   * The value as the type's Java class; null stays null.
   *
   * @throws MismatchException if it does not fit
   */
  static Object convert(Object value, SqlType type) {
    if (value == null) {
      return null;
    }
    try {
      return convertPresent(value, type).orElseThrow(() -> new MismatchException(type, null));
    } catch (MismatchException e) {
      throw e;
    } catch (RuntimeException e) { // a text that is no number, a number that is too large, …
      throw new MismatchException(type, e);
    }
  }

  private static Optional<?> convertPresent(Object value, SqlType type) {
    return switch (type.base()) {
      case BOOLEAN -> truth(value);
      case INTEGER -> number(value).map(BigDecimal::intValueExact);
      case BIGINT -> number(value).map(BigDecimal::longValueExact);
      case DECIMAL -> number(value).flatMap(number -> decimal(number, (Decimal) type));
      case DOUBLE -> number(value).map(BigDecimal::doubleValue);
      case STRING -> text(value);
      case ARRAY -> list(value, (Array) type);
      case MAP -> map(value, (SqlType.Map) type);
      case STRUCT -> struct(value, (SqlType.Struct) type);
      case TIMESTAMP -> given(value).map(TimeText::parseTimestamp);
      case DATE -> given(value).map(TimeText::parseDate);
      case TIME -> given(value).map(TimeText::parseTime);
      case BYTES -> given(value).map(Base64.getDecoder()::decode).map(ByteBuffer::wrap);
    };
  }

  private static Optional<String> given(Object value) {
    return value instanceof String text ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Boolean> truth(Object value) {
    if (value instanceof Boolean truth) {
      return Optional.of(truth);
    }
    return given(value)
        .filter(text -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))
        .map(Boolean::valueOf);
  }

  private static Optional<BigDecimal> number(Object value) {
    if (value instanceof Integer || value instanceof Long) {
      return Optional.of(BigDecimal.valueOf(((Number) value).longValue()));
    }
    if (value instanceof BigInteger integer) {
      return Optional.of(new BigDecimal(integer));
    }
    if (value instanceof BigDecimal decimal) {
      return Optional.of(decimal);
    }
    return given(value).map(String::strip).map(ExactDecimals::parse);
  }

  private static Optional<BigDecimal> decimal(BigDecimal number, Decimal type) {
    BigDecimal scaled =
        ExactDecimals.rescale(
            number, type.scale(), RoundingMode.UNNECESSARY, type.precision() - type.scale());
    return scaled.precision() <= type.precision() ? Optional.of(scaled) : Optional.empty();
  }

  private static Optional<String> text(Object value) {
    boolean simple = value instanceof String || value instanceof Number || value instanceof Boolean;
    return simple ? Optional.of(value.toString()) : Optional.empty();
  }

  private static Optional<List<Object>> list(Object value, Array type) {
    if (!(value instanceof List<?> elements)) {
      return Optional.empty();
    }
    List<Object> list = new ArrayList<>();
    elements.forEach(element -> list.add(convert(element, type.element())));
    return Optional.of(list);
  }

  private static Optional<Map<Object, Object>> map(Object value, SqlType.Map type) {
    if (!(value instanceof Map<?, ?> entries)) {
      return Optional.empty();
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> map.put(convert(key, type.key()), convert(entry, type.value())));
    return Optional.of(map);
  }

  private static Optional<Struct> struct(Object value, SqlType.Struct type) {
    if (!(value instanceof Map<?, ?> fields)) {
      return Optional.empty();
    }
    Struct struct = new Struct(ConnectSchemas.of(type));
    for (Field field : type.fields()) {
      struct.put(field.name(), convert(fieldOf(fields, field.name()), field.type()));
    }
    return Optional.of(struct);
  }

  private static Object fieldOf(Map<?, ?> fields, String name) {
    return fields.entrySet().stream()
        .filter(entry -> name.equalsIgnoreCase(String.valueOf(entry.getKey())))
        .findFirst()
        .<Object>map(Map.Entry::getValue)
        .orElse(null);
  }
}
