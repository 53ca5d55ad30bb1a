package dev.flagstream.engine.format;

import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * How rows are kept in state stores, changelogs and repartition topics: binary, every value exactly
 * as it was, cheaper than any of the formats that people read. Thread-safe.
 *
 * <p>A row is its columns one after the other, each a byte that says whether it is there and then
 * its value. Nothing in the bytes tells the types: they must be those it was written with. A row
 * without columns is one byte: where Kafka Streams wraps rows, no bytes mean that there is no row.
 *
 * <p>A row has {@value #MOST_BYTES} bytes at most, which bounds what a query keeps of one group,
 * row or window: its changelog has to take it.
 */
public final class StateCodec implements RowReader, RowWriter {

  /** The most bytes of one row. */
  public static final int MOST_BYTES = 8 * 1024 * 1024;

  private final StateValueCodec[] codecs;
  private final int width;

  private StateCodec(StateValueCodec[] codecs, int width) {
    this.codecs = codecs;
    this.width = width;
  }

  /** For rows of these types. */
  public static StateCodec of(List<SqlType> types) {
    return new StateCodec(
        types.stream().map(StateValueCodec::of).toArray(StateValueCodec[]::new), types.size());
  }

  /** For rows of these columns. */
  public static StateCodec ofColumns(List<Column> columns) {
    return of(columns.stream().map(Column::type).toList());
  }

  @Override
  public Object[] read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Object[] row = new Object[width];
    for (int i = 0; i < codecs.length; i++) {
      row[i] = codecs[i].read(in);
    }
    return row;
  }

  /**
   * The row's bytes.
   *
   * @throws IllegalArgumentException if they are more than {@link #MOST_BYTES}
   */
  @Override
  public byte[] write(Object[] columns) {
    if (width == 0) {
      return new byte[1];
    }
    StateBytes out = StateBytes.begin();
    for (int i = 0; i < codecs.length; i++) {
      codecs[i].write(columns[i], out);
    }
    return out.toByteArray();
  }
}
