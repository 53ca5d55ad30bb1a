package dev.flagstream.engine.shell;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import dev.flagstream.engine.shell.ShellSession.RowStyle;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sets rows in columns under a header. */
final class TextTable {

  /** A space on either side of a cell. */
  private static final int PADDING = 2;

  private static final int MIN_COLUMN_WIDTH = 8;
  private static final Pattern LINE_BREAKS = Pattern.compile("\\R");
  private static final int MIN_LAST_COLUMN_WIDTH = 3 * MIN_COLUMN_WIDTH;
  private static final Character[] LINES =
      AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS_NO_OUTSIDE_BORDER;

  private TextTable() {}

  /**
   * All rows at once, each column as wide as its widest cell if the screen has room for that. If it
   * has not, the header is broken first, between words, then the last column, then whichever are
   * widest.
   */
  static String of(List<String> header, List<List<String>> rows, int screenWidth) {
    int[] widths = widths(header, rows, screenWidth);
    Column[] columns = new Column[header.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = column(header.get(i)).maxWidth(widths[i], OverflowBehaviour.NEWLINE);
    }
    return withoutTrailingSpace(AsciiTable.getTable(LINES, columns, cells(rows)));
  }

  private static int[] widths(List<String> header, List<List<String>> rows, int screenWidth) {
    int count = header.size();
    int[] widths =
        IntStream.range(0, count).map(column -> widthOf(column, header, rows) + PADDING).toArray();
    int room = screenWidth - count;
    if (IntStream.of(widths).sum() > room) {
      for (int i = 0; i < count; i++) {
        widths[i] = Math.max(longestWord(header.get(i)), widthOfCells(i, rows)) + PADDING;
      }
    }
    int last = count - 1;
    int tooMuch = Math.max(0, IntStream.of(widths).sum() - room);
    widths[last] = Math.max(Math.min(widths[last], MIN_LAST_COLUMN_WIDTH), widths[last] - tooMuch);
    int widest = IntStream.of(widths).max().orElse(0);
    while (IntStream.of(widths).sum() > room && widest > MIN_COLUMN_WIDTH) {
      widest--;
      for (int i = 0; i < count; i++) {
        widths[i] = Math.min(widths[i], widest);
      }
    }
    return widths;
  }

  /** How wide a table is in which no cell is broken. */
  static int widthOf(List<String> header, List<List<String>> rows) {
    return IntStream.range(0, header.size())
            .map(column -> widthOf(column, header, rows) + PADDING)
            .sum()
        + header.size();
  }

  private static int widthOf(int column, List<String> header, List<List<String>> rows) {
    return Math.max(header.get(column).length(), widthOfCells(column, rows));
  }

  private static int longestWord(String title) {
    return Stream.of(title.split(" ")).mapToInt(String::length).max().orElse(0);
  }

  private static int widthOfCells(int column, List<List<String>> rows) {
    int width = 0;
    for (List<String> row : rows) {
      width = Math.max(width, row.get(column).lines().mapToInt(String::length).max().orElse(0));
    }
    return width;
  }

  /** Rows that come one by one: the columns share the screen evenly, since nothing is known. */
  static final class Streamed {
    private final List<String> header;
    private final boolean wraps;
    private final int width;

    Streamed(List<String> header, int screenWidth, RowStyle style) {
      this.header = header;
      this.wraps = style.wraps();
      this.width =
          style.columnWidth() > 0
              ? style.columnWidth() + PADDING
              : Math.max(MIN_COLUMN_WIDTH, screenWidth / Math.max(1, header.size()) - 1);
    }

    /** The header with a line below. */
    String header() {
      String table = table(header, new String[0][header.size()]);
      return withoutTrailingSpace(table);
    }

    /** A row; long cells go on in the next line, or are cut. */
    String row(List<String> cells) {
      List<String> shown =
          wraps
              ? cells
              : cells.stream().map(cell -> LINE_BREAKS.matcher(cell).replaceAll(" ")).toList();
      return withoutTrailingSpace(table(null, cells(List.of(shown))));
    }

    private String table(List<String> names, Object[][] rows) {
      Column[] columns = new Column[header.size()];
      for (int i = 0; i < columns.length; i++) {
        columns[i] =
            column(names == null ? null : names.get(i))
                .minWidth(width)
                .maxWidth(
                    width, wraps ? OverflowBehaviour.NEWLINE : OverflowBehaviour.ELLIPSIS_RIGHT);
      }
      return AsciiTable.getTable(LINES, columns, rows);
    }
  }

  private static Column column(String header) {
    return new Column()
        .header(header)
        .headerAlign(HorizontalAlign.LEFT)
        .dataAlign(HorizontalAlign.LEFT);
  }

  private static Object[][] cells(List<List<String>> rows) {
    return rows.stream().map(row -> row.toArray(Object[]::new)).toArray(Object[][]::new);
  }

  private static String withoutTrailingSpace(String table) {
    return table.lines().map(String::stripTrailing).reduce((a, b) -> a + "\n" + b).orElse("");
  }
}
