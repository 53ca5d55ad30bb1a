package dev.flagstream.engine.format;

import dev.flagstream.engine.type.Column;
import java.util.List;

/** Writes rows as a JSON object with a field for each column, nulls included. */
final class JsonRowWriter implements RowWriter {

  private final byte[][] names;
  private final JsonValueWriter[] writers;

  JsonRowWriter(List<Column> columns) {
    this.names = columns.stream().map(c -> JsonBytes.fieldName(c.name())).toArray(byte[][]::new);
    this.writers =
        columns.stream().map(c -> JsonValueWriter.of(c.type())).toArray(JsonValueWriter[]::new);
  }

  @Override
  public byte[] write(Object[] columns) {
    JsonBytes out = JsonBytes.begin();
    out.writeByte('{');
    for (int i = 0; i < writers.length; i++) {
      if (i > 0) {
        out.writeByte(',');
      }
      out.writeRaw(names[i]);
      writers[i].write(columns[i], out);
    }
    out.writeByte('}');
    return out.toByteArray();
  }
}
