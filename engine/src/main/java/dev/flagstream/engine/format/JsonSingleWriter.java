package dev.flagstream.engine.format;

import dev.flagstream.engine.type.Column;

/** Writes rows of one column as a bare JSON value; a null column writes nothing. */
final class JsonSingleWriter implements RowWriter {

  private final JsonValueWriter writer;

  JsonSingleWriter(Column column) {
    this.writer = JsonValueWriter.of(column.type());
  }

  @Override
  public byte[] write(Object[] columns) {
    if (columns[0] == null) {
      return null;
    }
    JsonBytes out = JsonBytes.begin();
    writer.write(columns[0], out);
    return out.toByteArray();
  }
}
