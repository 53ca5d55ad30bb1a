package dev.flagstream.engine.property;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.flagstream.engine.offline.RecordJson;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Date;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/**
 * Texts of rows that are the same if the rows are: the entries of a MAP are in no order, and a
 * DECIMAL of no value is 0 until it has been in a store, and has the places of its type afterwards;
 * JSON makes -0 a 0, and days of a DATE an INTEGER.
 */
final class SameRows {

  private SameRows() {}

  /** A value of a row, or a row. */
  static String text(Object value) {
    return String.valueOf(plain(value));
  }

  private static Object plain(Object value) {
    if (value instanceof Object[] columns) {
      return plain(Arrays.asList(columns));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(SameRows::text).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, String> sorted = new TreeMap<>();
      map.forEach((key, entry) -> sorted.put(text(key), text(entry)));
      return sorted;
    }
    if (value instanceof Struct struct) {
      Map<String, String> fields = new TreeMap<>();
      for (Field field : struct.schema().fields()) {
        fields.put(field.name(), text(struct.get(field)));
      }
      return fields;
    }
    if (value instanceof ByteBuffer bytes) {
      byte[] copy = new byte[bytes.remaining()];
      bytes.duplicate().get(copy);
      return HexFormat.of().formatHex(copy);
    }
    if (value instanceof Date date) {
      return (int) Math.floorDiv(date.getTime(), TimeUnit.DAYS.toMillis(1));
    }
    if (value instanceof Double number && number == 0) {
      return 0.0;
    }
    return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : value;
  }

  /** The value of a record, if it is an object of JSON, else as it was written. */
  static String written(String value) {
    if (value == null || !value.startsWith("{")) {
      return value;
    }
    try {
      return text(RecordJson.MAPPER.readValue(value, Object.class));
    } catch (JsonProcessingException e) {
      return value; // Of another format.
    }
  }
}
