package dev.flagstream.fuzz;

import dev.flagstream.engine.catalog.Format;
import dev.flagstream.engine.format.ColumnLayout;
import dev.flagstream.engine.format.RowFormats;
import dev.flagstream.engine.format.RowReader;
import dev.flagstream.engine.format.RowWriter;
import dev.flagstream.engine.format.UnreadableValueException;
import dev.flagstream.engine.format.UnwritableValueException;
import dev.flagstream.engine.type.Column;
import dev.flagstream.engine.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads values of records. What is read, written and read again must be the same; and all readers
 * of one format must agree, the quick one for plain JSON and the general one.
 */
final class RowsOfFormat implements FuzzTarget {

  private static final List<SqlType> FLAT =
      List.of(
          SqlType.INTEGER,
          SqlType.BIGINT,
          SqlType.DOUBLE,
          new SqlType.Decimal(10, 2),
          new SqlType.Decimal(38, 10),
          SqlType.BOOLEAN,
          SqlType.STRING,
          SqlType.BYTES,
          SqlType.DATE,
          SqlType.TIME,
          SqlType.TIMESTAMP);

  /** A row of more columns than this is never read by the quick reader. */
  private static final int WIDE = 65;

  private static final String UNASKED = "UNASKED_";

  private final List<Codec> codecs;

  private RowsOfFormat(List<Codec> codecs) {
    this.codecs = codecs;
  }

  static RowsOfFormat json() {
    List<SqlType> types = new ArrayList<>(FLAT);
    types.add(new SqlType.Array(SqlType.STRING));
    types.add(new SqlType.Array(SqlType.DOUBLE));
    types.add(new SqlType.Map(SqlType.STRING, SqlType.INTEGER));
    types.add(
        new SqlType.Struct(
            List.of(
                new SqlType.Field("X", SqlType.INTEGER),
                new SqlType.Field("Y", new SqlType.Array(new SqlType.Decimal(5, 1))))));
    List<Column> columns = columns(types);
    RowWriter writer = RowFormats.valueWriter(Format.of(Format.Kind.JSON), columns);
    return new RowsOfFormat(
        List.of(
            new Codec(
                List.of(
                    RowFormats.valueReader(Format.of(Format.Kind.JSON), ColumnLayout.all(columns)),
                    RowFormats.valueReader(Format.of(Format.Kind.JSON), widened(columns))),
                writer)));
  }

  static RowsOfFormat delimited() {
    return new RowsOfFormat(List.of(codec(Format.Kind.DELIMITED, columns(FLAT))));
  }

  static RowsOfFormat kafka() {
    return new RowsOfFormat(
        List.of(SqlType.INTEGER, SqlType.BIGINT, SqlType.DOUBLE, SqlType.STRING, SqlType.BYTES)
            .stream()
            .map(type -> codec(Format.Kind.KAFKA, columns(List.of(type))))
            .toList());
  }

  private static Codec codec(Format.Kind kind, List<Column> columns) {
    Format format = Format.of(kind);
    return new Codec(
        List.of(RowFormats.valueReader(format, ColumnLayout.all(columns))),
        RowFormats.valueWriter(format, columns));
  }

  /** Columns named A, B, C and so on. */
  private static List<Column> columns(List<SqlType> types) {
    List<Column> columns = new ArrayList<>();
    for (SqlType type : types) {
      columns.add(Column.value(String.valueOf((char) ('A' + columns.size())), type));
    }
    return columns;
  }

  /** The same columns and many beside them, of which nobody wants to know. */
  private static ColumnLayout widened(List<Column> columns) {
    ColumnLayout narrow = ColumnLayout.all(columns);
    List<Column> wide = new ArrayList<>(columns);
    List<Integer> slots = new ArrayList<>(narrow.slots());
    for (int i = 0; i < WIDE; i++) {
      wide.add(Column.value(UNASKED + i, SqlType.STRING));
      slots.add(ColumnLayout.UNUSED);
    }
    return new ColumnLayout(wide, slots, narrow.width());
  }

  @Override
  public void tryOut(byte[] input) {
    codecs.forEach(codec -> codec.tryOut(input));
  }

  /** A writer, and readers that must all read the same. */
  private record Codec(List<RowReader> readers, RowWriter writer) {

    void tryOut(byte[] input) {
      Object first = null;
      for (RowReader reader : readers) {
        Object read = outcome(reader, input);
        if (first == null) {
          first = read;
        } else if (!same(first, read)) {
          throw new AssertionError(
              "one reader reads %s, another %s".formatted(shown(first), shown(read)));
        }
      }
      if (first instanceof Object[] row) {
        readAgain(row);
      }
    }

    private void readAgain(Object[] row) {
      byte[] written;
      try {
        written = writer.write(row);
      } catch (UnwritableValueException e) {
        return;
      }
      if (written == null) {
        return;
      }
      Object again = outcome(readers.get(0), written);
      if (!same(row, again)) {
        throw new AssertionError(
            "%s, written and read again, is %s".formatted(shown(row), shown(again)));
      }
    }

    /** The columns, or why there are none. */
    private static Object outcome(RowReader reader, byte[] input) {
      try {
        Object[] row = reader.read(input);
        return row == null ? "nothing" : row;
      } catch (UnreadableValueException e) {
        // Some messages name all columns.
        return String.valueOf(e.getMessage()).replaceAll(", `" + UNASKED + "\\d+` STRING", "");
      }
    }

    private static boolean same(Object one, Object other) {
      return (one instanceof Object[] row && other instanceof Object[] otherRow)
          ? Arrays.equals(row, otherRow)
          : one.equals(other);
    }

    private static String shown(Object outcome) {
      return outcome instanceof Object[] row ? Arrays.toString(row) : "'" + outcome + "'";
    }
  }
}
