package dev.flagstream.engine.format;

import dev.flagstream.engine.SqlException;
import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.type.Column;
import java.util.List;

/** The readers and writers of each format. */
public final class RowFormats {

  private RowFormats() {}

  /** A reader of keys: a single column stands bare, several stand as the format writes rows. */
  public static RowReader keyReader(Format format, ColumnLayout layout) {
    return reader(format, layout, false);
  }

  /** A reader of values: a single column stands in an object unless the format says otherwise. */
  public static RowReader valueReader(Format format, ColumnLayout layout) {
    return reader(format, layout, format.wrapSingle().orElse(true));
  }

  /** The counterpart of {@link #keyReader}. */
  public static RowWriter keyWriter(Format format, List<Column> columns) {
    return writer(format, columns, false);
  }

  /** The counterpart of {@link #valueReader}. */
  public static RowWriter valueWriter(Format format, List<Column> columns) {
    return writer(format, columns, format.wrapSingle().orElse(true));
  }

  /**
   * A reader of keys of a source that declares none, in a format that says how many columns a key
   * has: it refuses them all.
   */
  public static RowReader refusedKeys() {
    return bytes -> {
      throw new UnreadableValueException(
          "The record has a key, but the stream declares no key column. Declare one, or use"
              + " KEY_FORMAT='NONE'");
    };
  }

  private static RowReader reader(Format format, ColumnLayout layout, boolean wrapSingle) {
    if (layout.columns().isEmpty()) {
      return format.kind() == Format.Kind.JSON ? new JsonRowReader(layout) : nothing(layout);
    }
    boolean bare = layout.columns().size() == 1 && !wrapSingle;
    return switch (format.kind()) {
      case JSON -> bare ? new JsonSingleReader(layout) : new JsonRowReader(layout);
      case DELIMITED -> new DelimitedRowReader(Delimiters.csv(format), layout);
      case KAFKA -> new KafkaRowReader(layout);
      case NONE -> nothing(layout);
    };
  }

  /** A reader of rows without columns: there is a row, but nothing to read. */
  private static RowReader nothing(ColumnLayout layout) {
    return bytes -> new Object[layout.width()];
  }

  private static Column onlyOne(List<Column> columns) {
    if (columns.size() > 1) {
      throw new SqlException("The 'KAFKA' format only supports a single field. Got: " + columns);
    }
    return columns.get(0);
  }

  private static RowWriter writer(Format format, List<Column> columns, boolean wrapSingle) {
    boolean bare = columns.size() == 1 && !wrapSingle;
    return switch (format.kind()) {
      case JSON -> bare ? new JsonSingleWriter(columns.get(0)) : new JsonRowWriter(columns);
      case DELIMITED -> new DelimitedRowWriter(Delimiters.of(format), columns);
      case KAFKA -> columns.isEmpty() ? row -> null : new KafkaRowWriter(onlyOne(columns));
      case NONE -> row -> null;
    };
  }
}
