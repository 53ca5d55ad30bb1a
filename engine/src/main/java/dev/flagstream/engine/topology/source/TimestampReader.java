package dev.flagstream.engine.topology.source;

import dev.flagstream.engine.catalog.Source.TimestampColumn;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.RowSchema;
import dev.flagstream.engine.type.SqlType;
import dev.flagstream.engine.value.TimePattern;
import java.sql.Timestamp;
import java.time.ZoneId;

/** Reads event time from one column of a row. Thread-safe. */
public final class TimestampReader {

  private interface Decoder {
    long epochMs(Object value);
  }

  private final boolean inKey;
  private final int index;
  private final Decoder decoder;

  private TimestampReader(boolean inKey, int index, Decoder decoder) {
    this.inKey = inKey;
    this.index = index;
    this.decoder = decoder;
  }

  /**
   * A reader of a timestamp column.
   *
   * @param valueIndex its place in the array of value columns; not looked at if it is a key column
   */
  public static TimestampReader of(TimestampColumn timestamp, RowSchema schema, int valueIndex) {
    Column column = schema.find(timestamp.column()).orElseThrow();
    Decoder decoder = decoder(column.type(), timestamp);
    return column.namespace() == Column.Namespace.KEY
        ? new TimestampReader(true, schema.key().indexOf(column), decoder)
        : new TimestampReader(false, valueIndex, decoder);
  }

  /**
   * The row's event time in epoch milliseconds, which may be negative.
   *
   * @throws IllegalArgumentException if the row has none; the message says why
   */
  public long of(Object[] key, Object[] value) {
    Object[] columns = inKey ? key : value;
    Object time = columns == null ? null : columns[index];
    if (time == null) {
      throw new IllegalArgumentException("the timestamp column is null");
    }
    try {
      return decoder.epochMs(time);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Decoder decoder(SqlType type, TimestampColumn timestamp) {
    return switch (type.base()) {
      case BIGINT -> value -> (Long) value;
      case TIMESTAMP -> value -> ((Timestamp) value).getTime();
      case STRING -> text(timestamp.format().orElseThrow());
      case BOOLEAN, INTEGER, DECIMAL, DOUBLE, ARRAY, MAP, STRUCT, TIME, DATE, BYTES ->
          throw new IllegalArgumentException(
              "Timestamp column " + timestamp.column() + " has type " + type);
    };
  }

  /** As STRINGTOTIMESTAMP reads it. */
  private static Decoder text(String format) {
    TimePattern pattern = new TimePattern(format);
    return value -> pattern.parseInstant((String) value, ZoneId.systemDefault()).toEpochMilli();
  }
}
