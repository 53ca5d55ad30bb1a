package dev.flagstream.local.sqlstore;

import com.github.freva.asciitable.AsciiTable;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The answer to a query as lines for a screen. */
public final class SqlStoreTable {

  private static final Character[] LINES =
      AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER;

  private SqlStoreTable() {}

  /**
   * A line for each row, under the names of the columns.
   *
   * @param rows is read to its end; NULL is shown as {@code null}
   */
  public static List<String> of(ResultSet rows) throws SQLException {
    ResultSetMetaData meta = rows.getMetaData();
    String[] header = new String[meta.getColumnCount()];
    for (int i = 0; i < header.length; i++) {
      header[i] = meta.getColumnLabel(i + 1);
    }
    List<String[]> cells = new ArrayList<>();
    while (rows.next()) {
      String[] row = new String[header.length];
      for (int i = 0; i < row.length; i++) {
        row[i] = String.valueOf(rows.getString(i + 1));
      }
      cells.add(row);
    }
    return AsciiTable.getTable(LINES, header, new String[0], cells.toArray(String[][]::new))
        .lines()
        .map(String::stripTrailing)
        .toList();
  }
}
