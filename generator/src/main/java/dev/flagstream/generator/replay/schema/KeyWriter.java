package dev.flagstream.generator.replay.schema;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Writes a column's fields as record keys in ksqlDB's KAFKA format. For one thread. */
public final class KeyWriter {

  private final ColumnWriter values;
  private final ColumnType type;

  /** Writes the column's values; its type must be one that {@link #typeFor} gives. */
  public KeyWriter(StreamColumn column, Set<String> nullTexts) {
    this.values = new ColumnWriter(column, nullTexts);
    this.type = column.type();
  }

  /** The type of a key column: the values' own, or VARCHAR where the KAFKA format lacks it. */
  public static ColumnType typeFor(ColumnType type) {
    return switch (type.kind()) {
      case INTEGER, BIGINT, DOUBLE -> type;
      case BOOLEAN, DECIMAL, TIMESTAMP, VARCHAR -> ColumnType.VARCHAR;
    };
  }

  /**
   * The key's bytes, or null for NULL.
   *
   * @throws dev.flagstream.generator.replay.csv.UnfitRowException if the field is not of the type
   */
  public byte[] write(String field) {
    String value = values.valueOf(field);
    if (value == null) {
      return null;
    }
    return switch (type.kind()) {
      case INTEGER ->
          bytes(Integer.BYTES)
              .putInt((int) values.wholeOf(value, Integer.MIN_VALUE, Integer.MAX_VALUE))
              .array();
      case BIGINT ->
          bytes(Long.BYTES).putLong(values.wholeOf(value, Long.MIN_VALUE, Long.MAX_VALUE)).array();
      case DOUBLE -> bytes(Double.BYTES).putDouble(values.doubleOf(value)).array();
      case BOOLEAN, DECIMAL, TIMESTAMP, VARCHAR -> value.getBytes(StandardCharsets.UTF_8);
    };
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count);
  }
}
