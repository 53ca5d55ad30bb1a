package dev.flagstream.engine.topology.row;

import dev.flagstream.engine.value.DoubleText;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Rows as the processing log shows them. */
public final class RowText {

  private RowText() {}

  /** Key and value, of which each may be null. */
  public static String of(Object[] key, Object[] value) {
    return "key:" + key(key) + ", value:" + value(value);
  }

  private static String key(Object[] columns) {
    return columns == null
        ? "null"
        : Arrays.stream(columns).map(RowText::text).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String value(Object[] columns) {
    return columns == null
        ? "null"
        : Arrays.stream(columns).map(RowText::text).collect(Collectors.joining(" | ", "[ ", " ]"));
  }

  private static String text(Object value) {
    return value instanceof String ? "'" + value + "'" : DoubleText.ofAny(value);
  }
}
