package dev.flagstream.engine.format;

import dev.flagstream.engine.type.Column;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns that bytes hold, and where each goes in the array that is read.
 *
 * @param columns all columns of the key or value as declared, in order
 * @param slots for each column its index in the array; {@link #UNUSED} where nobody asks for it
 * @param width the length of the array, which may have room for more
 */
public record ColumnLayout(List<Column> columns, List<Integer> slots, int width) {

  /** The slot of a column that is checked, as ksqlDB does, but not kept. */
  public static final int UNUSED = -1;

  public ColumnLayout {
    columns = List.copyOf(columns);
    slots = List.copyOf(slots);
  }

  /** All columns, in their own order. */
  public static ColumnLayout all(List<Column> columns) {
    int width = columns.size();
    return new ColumnLayout(columns, IntStream.range(0, width).boxed().toList(), width);
  }

  /** The slots for code that runs for every record. */
  int[] slotArray() {
    return slots.stream().mapToInt(Integer::intValue).toArray();
  }
}
