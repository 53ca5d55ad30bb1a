package dev.flagstream.engine.runtime;

import dev.flagstream.engine.catalog.Source;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowWriter;
import dev.flagstream.engine.planner.InsertedRow;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.Column.Namespace;
import java.util.List;
import java.util.Objects;

/** Writes inserted rows in the formats of a stream or table. Thread-safe. */
public final class SourceWriter {

  private final RowWriter keys;
  private final RowWriter values;
  private final List<Column> valueColumns;

  public SourceWriter(Source source) {
    this.valueColumns =
        source.schema().value().stream()
            .filter(column -> column.namespace() == Namespace.VALUE)
            .toList();
    this.keys = RowFormats.keyWriter(source.keyFormat(), source.schema().key());
    this.values = RowFormats.valueWriter(source.valueFormat(), valueColumns);
  }

  /** The value columns a row has: those of the source that are not read from headers. */
  public List<Column> valueColumns() {
    return valueColumns;
  }

  /** The key's bytes; null where no key column has a value. */
  public byte[] key(InsertedRow row) {
    return row.key().stream().anyMatch(Objects::nonNull) ? keys.write(row.key().toArray()) : null;
  }

  /** The value's bytes. */
  public byte[] value(InsertedRow row) {
    return values.write(row.value().toArray());
  }
}
