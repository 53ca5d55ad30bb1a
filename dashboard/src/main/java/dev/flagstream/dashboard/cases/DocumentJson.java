package dev.flagstream.dashboard.cases;

import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;

/**
 * Documents as JSON that loses nothing: decimals are texts with all their digits, times are texts
 * such as {@code 2026-01-02T12:00:00Z}, numbers that JSON does not have, such as NaN, are null.
 */
public final class DocumentJson {

  private DocumentJson() {}

  /** A document with values that Jackson writes as they are meant. */
  public static Map<String, Object> of(Map<String, Object> document) {
    Map<String, Object> fields = new LinkedHashMap<>();
    document.forEach((name, value) -> fields.put(name, valueOf(value)));
    return fields;
  }

  @SuppressWarnings("unchecked") // documents within documents have texts as keys
  private static Object valueOf(Object value) {
    if (value instanceof Map<?, ?> document) {
      return of((Map<String, Object>) document);
    }
    if (value instanceof List<?> list) {
      List<Object> values = new ArrayList<>(list.size());
      list.forEach(each -> values.add(valueOf(each)));
      return values;
    }
    if (value instanceof Decimal128 decimal) {
      return textOf(decimal);
    }
    if (value instanceof Date time) {
      return time.toInstant().toString();
    }
    if (value instanceof Double number && (number.isNaN() || number.isInfinite())) {
      return null;
    }
    return value instanceof ObjectId id ? id.toHexString() : value;
  }

  /** All digits, without an exponent. */
  static String textOf(Decimal128 decimal) {
    return decimal.isNaN() || decimal.isInfinite()
        ? decimal.toString()
        : decimal.bigDecimalValue().toPlainString();
  }
}
