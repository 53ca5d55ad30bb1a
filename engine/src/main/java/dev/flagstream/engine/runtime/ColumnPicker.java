package dev.flagstream.engine.runtime;

import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import java.util.List;

/** Puts the columns of keys and values into the order of a SELECT list. */
public final class ColumnPicker {

  /** For each column of the result its place: in the key, or behind it in the value. */
  private final int[] places;

  private final int keyWidth;

  private ColumnPicker(int[] places, int keyWidth) {
    this.places = places;
    this.keyWidth = keyWidth;
  }

  /** For rows of a schema; {@code order} names columns of it. */
  public static ColumnPicker of(RowSchema schema, List<String> order) {
    List<String> names = schema.columns().stream().map(Column::name).toList();
    return new ColumnPicker(order.stream().mapToInt(names::indexOf).toArray(), schema.key().size());
  }

  /** For keys alone; what is no key column of the schema is null. */
  static ColumnPicker ofKeys(RowSchema schema, List<String> order) {
    List<String> names = schema.key().stream().map(Column::name).toList();
    int width = names.size();
    return new ColumnPicker(
        order.stream().mapToInt(name -> place(names.indexOf(name), width)).toArray(), width);
  }

  private static int place(int inKey, int keyWidth) {
    return inKey < 0 ? keyWidth : inKey;
  }

  /** The columns in order; those of a missing key or value are null. */
  public Object[] pick(Object[] key, Object[] value) {
    Object[] row = new Object[places.length];
    for (int i = 0; i < places.length; i++) {
      int place = places[i];
      if (place < keyWidth) {
        row[i] = key == null ? null : key[place];
      } else {
        row[i] = value == null ? null : value[place - keyWidth];
      }
    }
    return row;
  }
}
